package dev.lockstep.models;

import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Makes {@link Dl4jLocalTrainer}s.
 *
 * @param network what they train
 * @param layout where the network's arrays are in a minibatch
 * @param observer told of each step
 */
public record Dl4jTrainerFactory(
    NetworkDefinition network, ExampleLayout layout, StepObserver observer)
    implements TrainerFactory {
  @Override
  public LocalStep step() {
    return LocalStep.DL4J;
  }

  @Override
  public LocalTrainer newTrainer() {
    return new Dl4jLocalTrainer(network.newNetwork(), layout, observer);
  }

  /** The minibatch as the network takes it. */
  public MultiDataSet arrays(Minibatch minibatch) {
    return new MinibatchArrays(layout).of(minibatch);
  }
}
