package dev.lockstep.models.dl4j;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/** As what a network takes pictures. */
public final class InputChannels {
  /** Any that a first layer may have; what it takes does not depend on it. */
  private static final int SIDE = 64;

  private InputChannels() {}

  /** How many channels pictures have, if the layer that reads them says so. */
  public static Optional<Integer> of(NetworkDefinition network) {
    EndLayers ends;
    try {
      ends = EndLayers.of(network);
    } catch (ModelError e) {
      return Optional.empty(); // Whether data fit such a network is told later.
    }
    if (!(ends.layer() instanceof FeedForwardLayer first) || first.getNIn() < 1) {
      return Optional.empty();
    }
    InputType pictures = InputType.convolutional(SIDE, SIDE, first.getNIn());
    boolean flat = ends.takes(InputType.feedForward(first.getNIn()));
    return ends.takes(pictures) && !flat
        ? Optional.of(Math.toIntExact(first.getNIn()))
        : Optional.empty();
  }
}
