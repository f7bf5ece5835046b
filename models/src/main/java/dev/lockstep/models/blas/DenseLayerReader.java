package dev.lockstep.models.blas;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Dl4jParts;
import dev.lockstep.models.math.Loss;
import dev.lockstep.models.math.Penalty;
import dev.lockstep.models.math.UpdateRule;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Reads one layer of DL4J's configuration. */
final class DenseLayerReader {
  /** The most parameters of a layer, so that offsets and Adam's moments stay below 2³¹. */
  private static final long MOST_PARAMETERS = 1 << 28;

  private final int index;
  private final FeedForwardLayer layer;

  private DenseLayerReader(int index, FeedForwardLayer layer) {
    this.index = index;
    this.layer = layer;
  }

  static DenseLayerReader of(int index, Layer layer) throws UnsupportedNetwork {
    // Exactly these classes, as a subclass may compute something else.
    if (layer.getClass() != DenseLayer.class && layer.getClass() != OutputLayer.class) {
      throw unsupported(index, layer, "this type of layer");
    }
    DenseLayerReader reader = new DenseLayerReader(index, (FeedForwardLayer) layer);
    reader.check();
    return reader;
  }

  private static UnsupportedNetwork unsupported(int index, Layer layer, String what) {
    return new UnsupportedNetwork(
        "layer %d (%s): %s".formatted(index, layer.getClass().getSimpleName(), what));
  }

  private UnsupportedNetwork unsupported(String what) {
    return unsupported(index, layer, what);
  }

  private UnsupportedNetwork unsupported(String role, Object part) {
    return unsupported("%s %s".formatted(role, part));
  }

  private void check() throws UnsupportedNetwork {
    if (layer.getIDropout() != null) {
      throw unsupported("dropout");
    }
    if (layer.getWeightNoise() != null) {
      throw unsupported("weight noise");
    }
    if (layer.getConstraints() != null && !layer.getConstraints().isEmpty()) {
      throw unsupported("a constraint");
    }
    GradientNormalization normalization = layer.getGradientNormalization();
    if (normalization != null && normalization != GradientNormalization.None) {
      throw unsupported("gradient normalization", normalization);
    }
    if (layer instanceof DenseLayer dense && dense.hasLayerNorm()) {
      throw unsupported("layer normalization");
    }
    if (!hasBias()) {
      throw unsupported("a layer without bias");
    }
    if (layer.getNIn() < 1 || layer.getNOut() < 1) {
      throw unsupported("a layer of %d by %d".formatted(layer.getNIn(), layer.getNOut()));
    }
    if (layer.getNIn() + 1 > MOST_PARAMETERS / layer.getNOut()) {
      throw unsupported("a layer as large as %d by %d".formatted(layer.getNIn(), layer.getNOut()));
    }
  }

  private boolean hasBias() {
    return layer instanceof DenseLayer dense ? dense.hasBias() : ((OutputLayer) layer).hasBias();
  }

  void checkHidden() throws UnsupportedNetwork {
    if (layer instanceof OutputLayer) {
      throw unsupported("an output layer before the last layer");
    }
  }

  /** One rule for all parameters lets them be updated, and their moments be kept, as one vector. */
  void checkSameUpdater(DenseLayerReader first) throws UnsupportedNetwork {
    if (!Objects.equals(layer.getIUpdater(), first.layer.getIUpdater())) {
      throw unsupported("an updater that differs from layer 0's,");
    }
    IUpdater ofBiases = layer.getBiasUpdater();
    if (ofBiases != null && !ofBiases.equals(layer.getIUpdater())) {
      throw unsupported("an updater of biases that differs from that of weights,");
    }
  }

  UpdateRule updateRule() throws UnsupportedNetwork {
    return Dl4jParts.updateRule(layer.getIUpdater())
        .orElseThrow(() -> unsupported("updater", layer.getIUpdater()));
  }

  /**
   * @param start where the layer's parameters start
   */
  DenseStack.Layer layer(int start, UpdateRule rule) throws UnsupportedNetwork {
    return new DenseStack.Layer(
        Math.toIntExact(layer.getNIn()),
        Math.toIntExact(layer.getNOut()),
        activation(),
        start,
        penalty(layer.getRegularization(), rule),
        penalty(layer.getRegularizationBias(), rule));
  }

  private ActivationFunction activation() throws UnsupportedNetwork {
    IActivation function = layer.getActivationFn();
    String more = function instanceof ActivationReLU ? " with a bound, threshold or slope" : "";
    return Dl4jParts.activation(function)
        .orElseThrow(() -> unsupported("activation", function + more));
  }

  private Penalty penalty(List<Regularization> parts, UpdateRule rule) throws UnsupportedNetwork {
    return Dl4jParts.penalty(parts, rule.learningRate())
        .orElseThrow(() -> unsupported("regularization", parts));
  }

  Loss loss() throws UnsupportedNetwork {
    if (layer instanceof OutputLayer output) {
      return Dl4jParts.loss(output.getLossFn(), activation())
          .orElseThrow(() -> unsupported("loss", output.getLossFn()));
    }
    throw unsupported("a last layer that is no output layer");
  }
}
