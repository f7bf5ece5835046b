package dev.lockstep.models;

import java.util.List;

/** Makes {@link Dl4jLocalTrainer}s, whose parameters describe it. */
record Dl4jTrainerFactory(NetworkDefinition network, int labelLength, List<Long> featureShape)
    implements TrainerFactory {
  @Override
  public LocalStep step() {
    return LocalStep.DL4J;
  }

  @Override
  public LocalTrainer newTrainer() {
    long[] shape = featureShape.stream().mapToLong(Long::longValue).toArray();
    return new Dl4jLocalTrainer(network.newNetwork(), labelLength, shape);
  }
}
