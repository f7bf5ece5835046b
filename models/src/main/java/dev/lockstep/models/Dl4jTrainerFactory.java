package dev.lockstep.models;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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

  @Override
  public SharedNetwork newSharedNetwork(float[] parameters) {
    INDArray shared = Nd4j.create(parameters, new long[] {1, parameters.length}, 'c');
    return new SharedNetwork(
        () -> {
          LocalTrainer pass = new Dl4jLocalTrainer(network.newNetwork(shared), layout, observer);
          return (features, size) ->
              pass.output(new Minibatch(features, new float[size * layout.labelLength()], size));
        });
  }
}
