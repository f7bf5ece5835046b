package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.Optional;

/**
 * Parameter averaging whose period begins at 1 and is found while training.
 *
 * <p>What decides is measured where workers meet anyhow. With what it has learnt each worker tells
 * the squared distance that it moved, and as all know how far their average moved, all know how far
 * apart they were. From that follows how far workers agree on where to go: as long as that is more
 * than chance, the period doubles; where it is chance, it stays. This is the test of the gradients'
 * diversity (Yin et al. 2018) and of the noise of minibatches (McCandlish et al. 2018), applied to
 * rounds, in place of a consensus distance (Kong et al. 2021), whose bound would need the
 * curvature. Where the loss of examples, before they are trained, doubles, the period halves.
 * Periods that fall instead, as those of AdaComm (Wang and Joshi 2018), begin with long ones; ones
 * that rise as learning rates fall (QSR, Gu et al. 2024) need a schedule of these.
 *
 * <p>Periods are powers of 2, up to a quarter of an epoch or to 10 if that is more, and change at
 * multiples of the longest only. All workers so agree at these, whatever they found, and where the
 * driver looks does not show. What was found goes from round to round, and into checkpoints, with
 * the state of the outer optimizer.
 *
 * @param averaging what is done with each average; its period is of no meaning
 * @param longest the longest period, a power of 2
 */
public record AutomaticPeriod(ParameterAveraging averaging, int longest) implements Averaging {
  /** Averages in an epoch, if that many minibatches are between them. */
  private static final int AVERAGES = 4;

  /** A period that costs no accuracy wherever it was measured. */
  private static final int HARMLESS = 10;

  @Override
  public AutomaticPeriod on(Schedule schedule) {
    int epoch = schedule.slotsPerEpoch();
    int most = Math.max(epoch / AVERAGES, Math.min(epoch, HARMLESS));
    return new AutomaticPeriod(averaging.on(schedule), Integer.highestOneBit(most));
  }

  /** After so many epochs, at least 1, in which gradients are averaged (post-local SGD). */
  public PostLocalSgd afterGradients(int epochs) {
    return new PostLocalSgd(epochs, this);
  }

  @Override
  public long nextAgreement(long slot) {
    return new Rounds(longest, averaging.slots()).commonEnd(slot);
  }

  @Override
  public long roundEnd(ModelState start, long slot) {
    return new Rounds(PeriodSearch.of(start).period(), averaging.slots()).end(slot);
  }

  @Override
  public Optional<FoundPeriod> found(ModelState state) {
    return Optional.of(PeriodSearch.of(state).found());
  }

  @Override
  public Contribution train(Worker worker, ModelState start, Segment round) {
    Contribution own = averaging.train(worker, start, round);
    float[] from = worker.job().trained().of(start.parameters());
    return own.moved(squaredDistance(from, own.vectors()[0]));
  }

  @Override
  public ModelState agree(TrainingJob job, ModelState start, Segment round, Contribution all) {
    float[] from = job.trained().of(start.parameters());
    double together = squaredDistance(from, all.vectors()[0]);
    PeriodSearch before = PeriodSearch.of(start);
    PeriodSearch after = before.after(all, together, job.schedule().workers());
    PeriodSearch next = round.to() % longest == 0 ? after.decided(longest) : after;
    ModelState end = averaging.agree(job, PeriodSearch.without(start), round, all);
    return next.with(end);
  }

  private static double squaredDistance(float[] from, float[] to) {
    double sum = 0;
    for (int i = 0; i < from.length; i++) {
      double change = (double) to[i] - from[i];
      sum += change * change;
    }
    return sum;
  }
}
