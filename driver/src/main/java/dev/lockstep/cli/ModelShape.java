package dev.lockstep.cli;

import dev.lockstep.data.Schema;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.ModelFile;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Whether a model fits the data it is to be used on. */
final class ModelShape {
  private ModelShape() {}

  /**
   * Checks that the model takes such examples.
   *
   * @throws UserError naming the file, and the layer that does not fit
   */
  static void expect(NetworkDefinition network, Schema schema, Path path) {
    try {
      LocalTrainers.factory(network, LocalStep.AUTO, schema.labelLength(), schema.shape());
    } catch (ModelError e) {
      throw new UserError(ExitCode.WRONG_SHAPE, "%s: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * How many values a stack of layers takes.
   *
   * @throws UserError if the first layer does not say
   */
  static long inputs(ModelFile file, Path path) {
    if (file.network() instanceof MultiLayerNetwork network
        && network.getLayer(0).conf().getLayer() instanceof FeedForwardLayer first) {
      return first.getNIn();
    }
    throw new UserError(
        ExitCode.WRONG_SHAPE,
        path + ": the model does not say what it takes: save it with lockstep");
  }

  /**
   * How many classes a classifier tells apart.
   *
   * @throws UserError if it is none
   */
  static int outputs(ModelFile file, Path path) {
    if (file.network() instanceof MultiLayerNetwork network
        && network.getOutputLayer().conf().getLayer() instanceof BaseOutputLayer output
        && output.getNOut() > 1) {
      return Math.toIntExact(output.getNOut());
    }
    throw new UserError(
        ExitCode.WRONG_SHAPE, path + ": expected a classifier, found a network of another kind");
  }
}
