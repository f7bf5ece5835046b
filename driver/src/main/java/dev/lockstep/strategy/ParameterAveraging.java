package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Each worker trains its own replica for a period of minibatches, then all continue from the
 * average (McDonald, Hall and Mann 2010; with period 1 and SGD, a step on the joined minibatch).
 * One Spark job a round: parameters out, minibatches on every worker, parameters back.
 */
public final class ParameterAveraging implements TrainingStrategy {
  private final Workers workers;
  private final long slots;
  private final int period;
  private final OuterMomentum outerMomentum;

  /**
   * @param shards one block a worker, cached
   * @param period minibatches of each worker between two averages, at least 1
   */
  public ParameterAveraging(
      JavaSparkContext spark,
      Shards shards,
      TrainingJob job,
      int period,
      OuterMomentum outerMomentum) {
    workers = new Workers(spark, shards, job);
    slots = job.schedule().slots();
    this.period = period;
    this.outerMomentum = outerMomentum;
  }

  @Override
  public long nextAgreement(long slot) {
    return Math.min(slots, (slot / period + 1) * period);
  }

  @Override
  public Outcome run(ModelState state, Segment segment) {
    List<Replica> replicas = workers.each(state, (worker, start) -> worker.train(start, segment));
    return new Outcome(
        outerMomentum.apply(state, WeightedAverage.merge(replicas)),
        replicas.stream().map(Replica::result).toList());
  }

  @Override
  public void close() {
    workers.close();
  }
}
