package dev.lockstep.train;

import dev.lockstep.data.Examples;
import dev.lockstep.data.Transport;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.OneThread;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Segment;
import dev.lockstep.strategy.Supervision;
import dev.lockstep.strategy.TrainingJob;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A run of several workers that one task trains, one worker after the other, so that independent
 * runs go on at the same time.
 *
 * @param job of its workers
 * @param start the initial state
 * @param averaging how workers come to agree
 * @param data each worker's examples
 * @param tests what the trained model is tested on: nothing, or one set of classes
 * @param lossScale what a loss is a mean over
 * @param every slots between two measurements of the loss, or more
 */
public record SingleTask(
    TrainingJob job,
    ModelState start,
    Averaging averaging,
    Broadcast<List<Examples>> data,
    List<Broadcast<List<Examples>>> tests,
    LossScale lossScale,
    int every)
    implements Serializable {
  private static final Duration UNLIMITED = Duration.ofDays(365);

  /**
   * A training by one worker.
   *
   * @param data all examples, instead of the training's own
   * @param measurements how often the loss is measured, about
   */
  public static SingleTask of(Training training, Broadcast<List<Examples>> data, int measurements) {
    TrainingJob job = job(training, data.value());
    int every = (int) Math.max(1, job.schedule().slots() / measurements);
    return of(training, job, ParameterAveraging.every(every), data, List.of(), every);
  }

  /**
   * A training by several workers, by its strategy, and its test.
   *
   * @param shares each worker's examples, instead of the training's own
   * @param strategy for a run with a schedule
   * @param test what the model is tested on: examples of classes
   */
  public static SingleTask of(
      Training training,
      Broadcast<List<Examples>> shares,
      Function<Schedule, Averaging> strategy,
      Broadcast<List<Examples>> test) {
    TrainingJob job = job(training, shares.value());
    Averaging averaging = strategy.apply(job.schedule()).on(job.schedule());
    int every = job.schedule().slotsPerEpoch();
    return of(training, job, averaging, shares, List.of(test), every);
  }

  private static TrainingJob job(Training training, List<Examples> shares) {
    Settings settings = training.settings;
    TrainerFactory trainers = settings.trainers(shares.get(0).schema(), Optional.empty());
    return settings.job(
        trainers, Schedule.Before.NOTHING, shares.stream().mapToInt(Examples::size).toArray());
  }

  private static SingleTask of(
      Training training,
      TrainingJob job,
      Averaging averaging,
      Broadcast<List<Examples>> data,
      List<Broadcast<List<Examples>>> tests,
      int every) {
    Settings settings = training.settings;
    return new SingleTask(job, settings.start, averaging, data, tests, settings.lossScale(), every);
  }

  /**
   * What a run brought.
   *
   * @param state where it ended
   * @param steps when the loss was measured
   * @param losses of the minibatches before, as many
   * @param diverged whether it stopped because the loss was not finite
   * @param rounds how often workers agreed
   * @param sentBytes what a worker would have sent for that
   * @param test of the trained model, and of its weights averaged over time if there are any
   * @param seconds the training took
   */
  public record Result(
      ModelState state,
      double[] steps,
      double[] losses,
      boolean diverged,
      long rounds,
      long sentBytes,
      List<Score> test,
      double seconds)
      implements Serializable {

    /** The last loss measured, NaN if there was none. */
    public double lastLoss() {
      return losses.length == 0 ? Double.NaN : losses[losses.length - 1];
    }
  }

  /** Trains, in a job of one task. */
  public Result run(JavaSparkContext spark) {
    return Transport.map(spark, List.of(this), 1, SingleTask::train).get(0);
  }

  private Result train() {
    List<Double> steps = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    ModelState state = start;
    boolean diverged = false;
    long rounds = 0;
    long sent;
    long startedAt = System.nanoTime();
    try (OneThread workers = new OneThread(data.value(), job, averaging)) {
      for (long slot = 0; slot < job.schedule().slots() && !diverged; ) {
        Segment segment = new Segment(slot, measured(workers, slot));
        Outcome outcome = workers.run(state, List.of(segment), Supervision.none(UNLIMITED)).get(0);
        diverged = outcome.divergedAt().isPresent();
        rounds += outcome.rounds();
        if (!diverged) {
          state = outcome.state();
          slot = segment.to();
          steps.add((double) job.schedule().steps(slot));
          losses.add(lossScale.loss(outcome));
        }
      }
      sent = workers.sentBytes();
    }
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    return new Result(
        state,
        steps.stream().mapToDouble(Double::doubleValue).toArray(),
        losses.stream().mapToDouble(Double::doubleValue).toArray(),
        diverged,
        rounds,
        sent,
        diverged ? List.of() : test(state),
        seconds);
  }

  /** Where workers agree next after so many slots. */
  private long measured(OneThread workers, long slot) {
    long to = workers.roundEnd(slot);
    while (to < slot + every) {
      to = workers.roundEnd(to);
    }
    return Math.min(to, job.schedule().slots());
  }

  private List<Score> test(ModelState state) {
    List<ModelState> models =
        Stream.concat(Stream.of(state), state.averagedModel().stream()).toList();
    return tests.stream()
        .flatMap(test -> models.stream().map(model -> score(test.value(), model)))
        .toList();
  }

  private Score score(List<Examples> test, ModelState model) {
    return DistributedEvaluation.here(job.trainers(), test, model).score();
  }
}
