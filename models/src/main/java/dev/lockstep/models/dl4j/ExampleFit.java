package dev.lockstep.models.dl4j;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;

/** Whether a network takes examples as they are laid out: one is tried. */
public final class ExampleFit {
  private ExampleFit() {}

  /**
   * Runs the network on one example of zeros.
   *
   * @param layout of one array of features and one of labels, channels first
   * @throws ModelError if it does not take the features, or gives an array of another shape than
   *     that of labels
   */
  public static void expect(NetworkDefinition definition, ExampleLayout layout) {
    EndLayers ends = EndLayers.of(definition);
    Model network = definition.newNetwork();
    if (InputTypes.channelsLastOr(network, true)) {
      throw new ModelError(
          "%s: expected a network that takes sequences as [channels, steps], found channels last"
              .formatted(ends.name()));
    }
    List<Integer> features = layout.features().get(0).values().dimensions();
    List<Integer> labels = layout.labels().get(0).values().dimensions();
    List<Integer> found;
    try {
      long[] output =
          Dl4jNetwork.of(network).output(new MinibatchArrays(layout).blank())[0].shape();
      found = Arrays.stream(output).skip(1).mapToObj(Math::toIntExact).toList();
    } catch (RuntimeException e) {
      throw new ModelError(
          "%s: does not take examples of %s: %s"
              .formatted(
                  ends.name(),
                  features,
                  String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString())),
          e);
    }
    if (!found.equals(labels)) {
      throw new ModelError(
          "%s: expected to give %s for examples of %s, found %s"
              .formatted(ends.exit(), labels, features, found));
    }
  }
}
