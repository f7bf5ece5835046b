package dev.lockstep.cli;

import dev.lockstep.data.Schema;
import dev.lockstep.models.ModelFile;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Whether a model fits the data it is to be used on. */
final class ModelShape {
  private ModelShape() {}

  /**
   * Checks stacks whose first layer is dense; for others DL4J itself knows.
   *
   * @throws UserError if the number of inputs or classes differs
   */
  static void expect(ModelFile file, Schema schema, Path path) {
    Model model = file.network();
    if (!(model instanceof MultiLayerNetwork network)) {
      return;
    }
    Layer first = network.getLayer(0).conf().getLayer();
    Layer last = network.getOutputLayer().conf().getLayer();
    if (first instanceof DenseLayer || first instanceof BaseOutputLayer) {
      expect(path, "inputs", ((FeedForwardLayer) first).getNIn(), schema.featureLength());
    }
    if (last instanceof BaseOutputLayer output) {
      expect(path, "classes", output.getNOut(), schema.labelLength());
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

  private static void expect(Path path, String what, long ofModel, long ofData) {
    if (ofModel != ofData) {
      throw new UserError(
          ExitCode.WRONG_SHAPE,
          "%s: the model has %d %s, the data %d".formatted(path, ofModel, what, ofData));
    }
  }
}
