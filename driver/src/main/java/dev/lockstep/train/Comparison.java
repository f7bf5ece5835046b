package dev.lockstep.train;

import dev.lockstep.data.Examples;
import dev.lockstep.data.Transport;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.Segment;
import dev.lockstep.strategy.SingleProcess;
import dev.lockstep.strategy.Supervision;
import dev.lockstep.strategy.TrainingJob;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Trains independent runs at the same time, each in one task. */
public final class Comparison {
  private Comparison() {}

  /**
   * A run to make.
   *
   * @param job of one worker
   * @param start the initial state
   * @param data all examples
   * @param lossScale what a loss is a mean over
   * @param every minibatches between two measurements of the loss
   */
  public record Candidate(
      TrainingJob job, ModelState start, Broadcast<Examples> data, LossScale lossScale, int every)
      implements Serializable {

    /**
     * A training by one worker.
     *
     * @param data all examples, instead of the training's own
     * @param measurements how often the loss is measured, about
     */
    public static Candidate of(Training training, Broadcast<Examples> data, int measurements) {
      Examples block = data.value();
      Settings settings = training.settings;
      TrainerFactory trainers = settings.trainers(block.schema(), Optional.empty());
      TrainingJob job = settings.job(trainers, block.size());
      int every = (int) Math.max(1, job.schedule().slots() / measurements);
      return new Candidate(job, settings.start, data, settings.lossScale(), every);
    }
  }

  /**
   * What a run brought.
   *
   * @param state where it ended
   * @param steps when the loss was measured
   * @param losses of the minibatches before, as many
   * @param diverged whether it stopped because the loss was not finite
   * @param seconds it took
   */
  public record Result(
      ModelState state, double[] steps, double[] losses, boolean diverged, double seconds)
      implements Serializable {

    /** The last loss measured, NaN if there was none. */
    public double lastLoss() {
      return losses.length == 0 ? Double.NaN : losses[losses.length - 1];
    }
  }

  /** Makes all runs; results are in the order of the candidates. */
  public static List<Result> run(JavaSparkContext spark, List<Candidate> candidates) {
    return Transport.map(spark, candidates, candidates.size(), Comparison::run);
  }

  private static Result run(Candidate candidate) {
    TrainingJob job = candidate.job();
    List<Double> steps = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    ModelState state = candidate.start();
    boolean diverged = false;
    long startedAt = System.nanoTime();
    try (SingleProcess process =
        new SingleProcess(candidate.data().value(), job, candidate.every())) {
      long slots = job.schedule().slots();
      for (long slot = 0; slot < slots && !diverged; ) {
        Segment segment = new Segment(slot, Math.min(slots, process.roundEnd(slot)));
        Outcome outcome =
            process.run(state, List.of(segment), Supervision.none(Duration.ZERO)).get(0);
        diverged = outcome.divergedAt().isPresent();
        if (!diverged) {
          state = outcome.state();
          slot = segment.to();
          steps.add((double) job.schedule().steps(slot));
          losses.add(candidate.lossScale().loss(outcome));
        }
      }
    }
    return new Result(
        state,
        steps.stream().mapToDouble(Double::doubleValue).toArray(),
        losses.stream().mapToDouble(Double::doubleValue).toArray(),
        diverged,
        (System.nanoTime() - startedAt) / 1e9);
  }
}
