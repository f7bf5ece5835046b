package dev.lockstep.bench;

import dev.lockstep.collective.Collective;
import dev.lockstep.collective.CollectiveException;
import dev.lockstep.collective.Guest;
import dev.lockstep.collective.Meeting;
import dev.lockstep.collective.MeetingFailure;
import dev.lockstep.collective.Reduction;
import dev.lockstep.collective.Rendezvous;
import dev.lockstep.collective.Rendezvous.Ticket;
import dev.lockstep.collective.Seat;
import dev.lockstep.collective.StageCollective;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.Crew;
import dev.lockstep.spark.TaskSlots;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Times rounds of an allreduce between the tasks of a stage: in shared memory where they run in one
 * executor, over the network where they do not. What training does in a round but the steps.
 *
 * @param workers as many task slots are needed at once
 * @param rounds the first half is to warm up, and is not counted
 */
public record AllreduceBench(JavaSparkContext spark, int workers, int rounds) {
  /** What workers tell each other in training, beside the vectors. */
  private static final int NOTES = 6;

  /** For how long those who have come wait for the others. */
  private static final Duration ALL = Duration.ofMinutes(1);

  /**
   * What was measured.
   *
   * @param floats of the vector that was combined
   * @param executors in how many the workers ran
   * @param medianNanos of a round, as the first worker sees it
   */
  public record Timing(int floats, int executors, double medianNanos) {}

  private record Timed(String executor, long[] nanos) implements Serializable {}

  /**
   * Times rounds with vectors of so many float32.
   *
   * @throws ClusterException if an executor is lost meanwhile
   */
  public Timing time(int floats) {
    List<Integer> numbers = IntStream.range(0, workers).boxed().toList();
    Crew<Integer> crew = new Crew<>(spark.parallelize(numbers, workers));
    try (Rendezvous rendezvous = new Rendezvous();
        Meeting meeting = rendezvous.open(floats, workers, ALL, AllreduceBench::oneEach)) {
      int rounds = this.rounds;
      Ticket ticket = meeting.ticket();
      TaskSlots slots = new TaskSlots(spark);
      spark.setJobGroup("allreduce", "%d rounds of %d floats".formatted(rounds, floats));
      List<Timed> timed =
          meeting.run(
              crew,
              Collections.nCopies(workers, List.of()),
              (task, data) -> run(task, ticket, floats, rounds),
              () -> meeting.look(slots.executors(), slots::hasFailedTasks));
      long[] counted = Arrays.copyOfRange(timed.get(0).nanos(), rounds / 2, rounds);
      Arrays.sort(counted);
      long executors = timed.stream().map(Timed::executor).distinct().count();
      return new Timing(floats, (int) executors, counted[counted.length / 2]);
    } catch (MeetingFailure e) {
      throw e.getCause() instanceof CollectiveException
          ? new ClusterException("workers lost each other: " + e.getMessage(), e)
          : e;
    }
  }

  private static Meeting.Plan oneEach(List<Guest> guests) {
    return new Meeting.Plan(
        IntStream.range(0, guests.size()).toArray(), Collections.nCopies(guests.size(), ""));
  }

  private static List<Timed> run(TaskContext task, Ticket ticket, int floats, int rounds) {
    return StageCollective.takePart(
        task,
        ticket,
        false,
        Function.identity(),
        (seat, collective) -> time(seat, collective, floats, rounds));
  }

  private static Timed time(Seat seat, Collective collective, int floats, int rounds) {
    float[] vector = new float[floats];
    Arrays.fill(vector, seat.host());
    long[] nanos = new long[rounds];
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      collective.combine(Reduction.MEAN, 1, new double[NOTES], vector);
      nanos[round] = System.nanoTime() - start;
    }
    float mean = (seat.hosts().length - 1) / 2f;
    if (IntStream.range(0, floats).anyMatch(i -> vector[i] != mean)) {
      throw new IllegalStateException("an allreduce gave something else than the mean");
    }
    return new Timed(SparkEnv.get().executorId(), nanos);
  }
}
