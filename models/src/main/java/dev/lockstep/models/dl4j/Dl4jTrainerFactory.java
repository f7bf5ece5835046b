package dev.lockstep.models.dl4j;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.SharedNetwork;
import dev.lockstep.models.TrainerFactory;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes {@link Dl4jLocalTrainer}s.
 *
 * @param network what they train
 * @param layout where the network's arrays are in a minibatch
 * @param observer told of each step
 * @param why no faster step computes the network; empty if none was asked
 */
public record Dl4jTrainerFactory(
    NetworkDefinition network, ExampleLayout layout, StepObserver observer, String why)
    implements TrainerFactory {

  /** Of whoever asks for DL4J itself. */
  public Dl4jTrainerFactory(
      NetworkDefinition network, ExampleLayout layout, StepObserver observer) {
    this(network, layout, observer, "");
  }

  @Override
  public Optional<String> reason() {
    return Optional.of(why).filter(text -> !text.isEmpty());
  }

  @Override
  public TrainerFactory because(String reason) {
    return new Dl4jTrainerFactory(network, layout, observer, reason);
  }

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

  @Override
  public SharedNetwork newSharedNetwork(float[] parameters) {
    INDArray shared = Nd4j.create(parameters, new long[] {1, parameters.length}, 'c');
    return new SharedNetwork(
        layout.featureLength(),
        () -> new Pass(new Dl4jLocalTrainer(network.newNetwork(shared), layout, observer), layout));
  }

  private record Pass(LocalTrainer network, ExampleLayout layout) implements SharedNetwork.Pass {
    @Override
    public int size() {
      return network.passSize();
    }

    @Override
    public float[] output(float[] features, int size) {
      return network.output(new Minibatch(features, new float[size * layout.labelLength()], size));
    }
  }
}
