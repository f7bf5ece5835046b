package dev.lockstep.strategy;

import dev.lockstep.data.ExampleStream;
import dev.lockstep.data.Examples;
import dev.lockstep.data.augment.Augmenter;
import dev.lockstep.data.chunk.ChunkedExamples;
import dev.lockstep.data.image.UndecodedPictures;
import dev.lockstep.models.Minibatch;
import dev.lockstep.strategy.Schedule.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Assembles a worker's minibatches from its examples, and keeps the tally of them. */
final class MinibatchReader {
  private final int size;
  private final ExampleStream examples;
  private final Optional<Augmenter> augmenter;

  /** An example as it is stored, where it is changed before it is normalised. */
  private final float[] stored;

  private final float[] features;
  private final float[] labels;

  /** Null where all examples count alike. */
  private final float[] weights;

  private List<Tally> tallies = new ArrayList<>();

  MinibatchReader(Examples own, TrainingJob job, int worker) {
    size = own.size();
    examples = stream(own, job, worker);
    augmenter =
        Optional.of(job.augmentation())
            .filter(augmentation -> !augmentation.isNone())
            .map(augmentation -> augmentation.of(own.schema(), job.seed()));
    stored = new float[augmenter.isPresent() ? own.schema().featureLength() : 0];
    int rows = job.schedule().largestMinibatch();
    features = new float[Math.multiplyExact(rows, own.schema().featureLength())];
    labels = new float[Math.multiplyExact(rows, own.schema().labelLength())];
    weights = own.schema().weighted() ? new float[rows] : null;
  }

  private static ExampleStream stream(Examples own, TrainingJob job, int worker) {
    if (own instanceof ChunkedExamples chunks) {
      return chunks.stream(job.ordering().ofWindows(), job.seed(), worker);
    }
    EpochOrder order = new EpochOrder(job.ordering(), job.seed(), worker, own.size());
    return own instanceof UndecodedPictures pictures
        ? new PictureStream(pictures, order)
        : new BlockStream(own, order);
  }

  /** Reads from here on, in the same order. */
  void hold(Examples own) {
    examples.hold(own);
  }

  /** Lets go of the examples for a while. */
  void release() {
    examples.release();
  }

  /** The minibatch of a span; valid until the next is read. */
  Minibatch read(Span span) {
    Tally tally = Tally.none((int) (span.from() / size));
    for (long position = span.from(); position < span.to(); position++) {
      int epoch = (int) (position / size);
      if (epoch != tally.epoch()) {
        Tally.append(tallies, tally);
        tally = Tally.none(epoch);
      }
      examples.moveTo(position);
      copy(epoch, (int) (position - span.from()));
      tally = tally.plus(examples.id());
    }
    Tally.append(tallies, tally);
    return new Minibatch(features, labels, weights, span.size());
  }

  private void copy(int epoch, int row) {
    examples.copy(row, features, labels);
    if (weights != null) {
      weights[row] = examples.weight();
    }
    if (augmenter.isPresent()) {
      examples.copyStored(stored);
      augmenter.get().apply(epoch, examples.id(), stored);
      examples.view().features(stored, 0, features, row);
    }
  }

  /** What was read since this was last called, by epoch. */
  List<Tally> takeTallies() {
    List<Tally> taken = tallies;
    tallies = new ArrayList<>();
    return taken;
  }
}
