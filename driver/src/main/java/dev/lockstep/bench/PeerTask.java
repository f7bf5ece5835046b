package dev.lockstep.bench;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.ExampleNetwork;
import java.util.List;

/**
 * What all peers train.
 *
 * @param start with the parameters that training starts from
 * @param layout how the network takes an example
 * @param minibatches trained in turn, all of one size
 */
public record PeerTask(
    ExampleNetwork network,
    NetworkDefinition definition,
    ModelState start,
    ExampleLayout layout,
    List<Minibatch> minibatches) {
  private static final int BATCH = 32;
  private static final int WIDE_BATCH = 64;
  private static final int CLASSES = 10;
  private static final int CHARACTERS = 64;
  private static final int STEPS = 64;

  /** With minibatches that are made, as time does not depend on what is in the pictures. */
  public static PeerTask of(ExampleNetwork network) {
    NetworkDefinition definition = network.definition();
    ExampleLayout layout =
        switch (network) {
          case SOFTMAX, MLP, WIDE -> ExampleLayout.of(CLASSES, 784);
          case LENET -> ExampleLayout.of(CLASSES, 1, 28, 28);
          case CIFAR, RESNET20 -> ExampleLayout.of(CLASSES, 3, 32, 32);
          case LSTM -> new ExampleLayout(characters(), characters());
        };
    return new PeerTask(
        network,
        definition,
        Dl4jLocalTrainer.stateOf(definition.newNetwork()),
        layout,
        network == ExampleNetwork.LSTM
            ? MadeMinibatches.text(BATCH, CHARACTERS, STEPS)
            : MadeMinibatches.pictures(
                network == ExampleNetwork.WIDE ? WIDE_BATCH : BATCH,
                layout.featureLength(),
                CLASSES));
  }

  private static List<Part> characters() {
    return List.of(new Part(ArrayShape.fixed(List.of(CHARACTERS, STEPS)), null));
  }

  /** Examples in each minibatch. */
  public int batch() {
    return minibatches.get(0).size();
  }
}
