package dev.lockstep.bench;

import dev.lockstep.collective.Collective;
import dev.lockstep.collective.Reduction;
import dev.lockstep.collective.Rendezvous;
import dev.lockstep.collective.StageCollective;
import dev.lockstep.collective.StageCollective.Ticket;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Times rounds of an allreduce between the tasks of a barrier stage: in shared memory where they
 * run in one executor, over the network where they do not. What training does in a round but the
 * steps.
 *
 * @param workers as many task slots are needed at once
 * @param rounds the first half is to warm up, and is not counted
 */
public record AllreduceBench(JavaSparkContext spark, int workers, int rounds) {
  /** What workers tell each other in training, beside the vectors. */
  private static final int NOTES = 6;

  /**
   * What was measured.
   *
   * @param floats of the vector that was combined
   * @param executors in how many the workers ran
   * @param medianNanos of a round, as the first worker sees it
   */
  public record Timing(int floats, int executors, double medianNanos) {}

  private record Timed(String executor, long[] nanos) implements Serializable {}

  /** Times rounds with vectors of so many float32. */
  public Timing time(int floats) {
    try (Rendezvous rendezvous = new Rendezvous()) {
      Ticket ticket = new Ticket(UUID.randomUUID(), rendezvous.name());
      int rounds = this.rounds;
      spark.setJobGroup("allreduce", "%d rounds of %d floats".formatted(rounds, floats));
      List<Timed> timed = together(task -> run(task, ticket, floats, rounds));
      long[] counted = Arrays.copyOfRange(timed.get(0).nanos(), rounds / 2, rounds);
      Arrays.sort(counted);
      long executors = timed.stream().map(Timed::executor).distinct().count();
      return new Timing(floats, (int) executors, counted[counted.length / 2]);
    }
  }

  private static Timed run(BarrierTaskContext task, Ticket ticket, int floats, int rounds) {
    float[] vector = new float[floats];
    Arrays.fill(vector, task.partitionId());
    long[] nanos = new long[rounds];
    try (Collective collective = StageCollective.join(task, ticket, floats)) {
      for (int round = 0; round < rounds; round++) {
        long start = System.nanoTime();
        collective.combine(Reduction.MEAN, 1, new double[NOTES], vector);
        nanos[round] = System.nanoTime() - start;
      }
    }
    float mean = (task.getTaskInfos().length - 1) / 2f;
    if (IntStream.range(0, floats).anyMatch(i -> vector[i] != mean)) {
      throw new IllegalStateException("an allreduce gave something else than the mean");
    }
    return new Timed(SparkEnv.get().executorId(), nanos);
  }

  private interface MemberTask<R> extends Serializable {
    R run(BarrierTaskContext context);
  }

  /** Spark's Java interface has no barrier stages, so this is its Scala interface. */
  private <R> List<R> together(MemberTask<R> task) {
    Function1<Iterator<Integer>, Iterator<R>> partition =
        (Function1<Iterator<Integer>, Iterator<R>> & Serializable)
            unused -> Iterator$.MODULE$.single(task.run(BarrierTaskContext.get()));
    ClassTag<R> any = ClassTag$.MODULE$.apply(Object.class);
    List<Integer> all = IntStream.range(0, workers).boxed().toList();
    return JavaRDD.fromRDD(
            spark.parallelize(all, workers).rdd().barrier().mapPartitions(partition, true, any),
            any)
        .collect();
  }
}
