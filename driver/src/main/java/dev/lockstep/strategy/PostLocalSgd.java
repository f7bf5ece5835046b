package dev.lockstep.strategy;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * Gradients are averaged for some epochs from the start, and only then parameters (Lin, Stich,
 * Patel and Jaggi 2020, post-local SGD).
 *
 * @param gradientEpochs at least 1
 * @param then what follows
 */
public record PostLocalSgd(int gradientEpochs, Averaging then) implements Strategy {
  public PostLocalSgd {
    if (gradientEpochs < 1) {
      throw new IllegalArgumentException(
          "gradient epochs must be at least 1, not " + gradientEpochs);
    }
  }

  @Override
  public TrainingStrategy open(JavaSparkContext spark, Shards shards, TrainingJob job) {
    long until = (long) gradientEpochs * job.schedule().slotsPerEpoch();
    return new PostLocal(until, then.on(job.schedule())).open(spark, shards, job);
  }

  @Override
  public boolean averagesGradients(int epoch) {
    return epoch < gradientEpochs;
  }
}
