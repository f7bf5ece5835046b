package dev.lockstep.strategy;

import dev.lockstep.data.Examples;
import dev.lockstep.data.augment.Augmenter;
import dev.lockstep.models.Minibatch;
import dev.lockstep.strategy.Schedule.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Assembles a worker's minibatches from its packed examples, and keeps the tally of them. */
final class MinibatchReader {
  private Examples block;
  private final EpochOrder order;
  private final Optional<Augmenter> augmenter;

  /** An example as it is stored, where it is changed before it is normalised. */
  private final float[] stored;

  private final float[] features;
  private final float[] labels;
  private List<Tally> tallies = new ArrayList<>();

  MinibatchReader(Examples block, TrainingJob job, int worker) {
    this.block = block;
    order = new EpochOrder(job.ordering(), job.seed(), worker, block.size());
    augmenter =
        Optional.of(job.augmentation())
            .filter(augmentation -> !augmentation.isNone())
            .map(augmentation -> augmentation.of(block.schema(), job.seed()));
    stored = new float[augmenter.isPresent() ? block.schema().featureLength() : 0];
    int rows = job.schedule().largestMinibatch();
    features = new float[Math.multiplyExact(rows, block.schema().featureLength())];
    labels = new float[Math.multiplyExact(rows, block.schema().labelLength())];
  }

  /** Reads from here on, in the same order. */
  void hold(Examples examples) {
    block = examples;
  }

  /** The minibatch of a span; valid until the next is read. */
  Minibatch read(Span span) {
    Tally tally = Tally.none((int) (span.from() / block.size()));
    for (long position = span.from(); position < span.to(); position++) {
      int epoch = (int) (position / block.size());
      if (epoch != tally.epoch()) {
        Tally.append(tallies, tally);
        tally = Tally.none(epoch);
      }
      int index = order.at(position);
      copy(index, epoch, (int) (position - span.from()));
      tally = tally.plus(block.id(index));
    }
    Tally.append(tallies, tally);
    return new Minibatch(features, labels, span.size());
  }

  private void copy(int index, int epoch, int row) {
    block.copy(index, row, features, labels);
    if (augmenter.isPresent()) {
      block.copyStored(index, stored);
      augmenter.get().apply(epoch, block.id(index), stored);
      block.view().features(stored, 0, features, row);
    }
  }

  /** What was read since this was last called, by epoch. */
  List<Tally> takeTallies() {
    List<Tally> taken = tallies;
    tallies = new ArrayList<>();
    return taken;
  }
}
