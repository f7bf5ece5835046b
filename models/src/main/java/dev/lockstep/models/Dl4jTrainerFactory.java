package dev.lockstep.models;

/** Makes {@link Dl4jLocalTrainer}s, whose parameters describe it. */
record Dl4jTrainerFactory(NetworkDefinition network, ExampleLayout layout, StepObserver observer)
    implements TrainerFactory {
  @Override
  public LocalStep step() {
    return LocalStep.DL4J;
  }

  @Override
  public LocalTrainer newTrainer() {
    return new Dl4jLocalTrainer(network.newNetwork(), layout, observer);
  }
}
