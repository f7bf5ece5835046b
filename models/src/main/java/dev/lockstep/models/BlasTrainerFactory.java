package dev.lockstep.models;

/** Makes {@link BlasLocalTrainer}s. */
record BlasTrainerFactory(DenseStack stack) implements TrainerFactory {
  @Override
  public LocalStep step() {
    return LocalStep.BLAS;
  }

  @Override
  public LocalTrainer newTrainer() {
    return new BlasLocalTrainer(stack);
  }
}
