package dev.lockstep.train;

import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.WorkerResult;
import dev.lockstep.strategy.WorkerTime;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Where the time of some rounds went. The parts are means over the workers and add up to the whole,
 * but for differences between the clocks of machines.
 *
 * @param seconds by the driver's clock
 * @param workers by worker number
 */
public record RoundTime(double seconds, List<WorkerTime> workers) {
  private static final double NANOS = 1e9;

  static RoundTime of(Outcome outcome, double seconds) {
    return new RoundTime(seconds, outcome.trained().stream().map(WorkerResult::time).toList());
  }

  /** None, of so many workers. */
  static RoundTime none(int workers) {
    return new RoundTime(0, IntStream.range(0, workers).mapToObj(w -> WorkerTime.NONE).toList());
  }

  /** Both together. */
  public RoundTime plus(RoundTime other) {
    return new RoundTime(
        seconds + other.seconds,
        IntStream.range(0, workers.size())
            .mapToObj(worker -> workers.get(worker).plus(other.workers.get(worker)))
            .toList());
  }

  /** Seconds in which Spark started workers and brought back what they return. */
  public double launch() {
    return Math.max(0, seconds - mean(WorkerTime::total));
  }

  /** Seconds a worker assembled minibatches for. */
  public double data() {
    return mean(WorkerTime::data);
  }

  /** Seconds a worker computed gradients and updates for. */
  public double compute() {
    return mean(WorkerTime::compute);
  }

  /** Seconds in which what workers had learnt was combined. */
  public double combine() {
    return mean(WorkerTime::combine);
  }

  /** Seconds a worker waited for workers that had not come as far. */
  public double waiting() {
    return mean(WorkerTime::waiting);
  }

  private double mean(ToLongFunction<WorkerTime> part) {
    return workers.stream().mapToLong(part).average().orElse(0) / NANOS;
  }
}
