package dev.lockstep.models.dl4j;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;

/**
 * Examples as a network probably takes them, where there are no data: which step computes it does
 * not depend on how large pictures are, or how long sequences.
 */
public final class LikelyExamples {
  private static final int[] SIDES = {28, 32, 64, 96, 128, 224, 299};
  private static final int STEPS = 8;

  private LikelyExamples() {}

  /**
   * What would train the network by {@link LocalStep#AUTO}; the fastest step that takes any of the
   * likely examples. Empty if nothing can be said without data, as of several inputs.
   */
  public static Optional<TrainerFactory> trainers(NetworkDefinition network) {
    Optional<TrainerFactory> found = Optional.empty();
    for (InputType input : inputs(network)) {
      try {
        TrainerFactory factory =
            LocalTrainers.factory(network, LocalStep.AUTO, layout(network, input));
        if (factory.step() != LocalStep.DL4J) {
          return Optional.of(factory);
        }
        found = found.or(() -> Optional.of(factory));
      } catch (RuntimeException e) {
        // DL4J throws exceptions of many classes where a size does not fit: the next may.
      }
    }
    return found;
  }

  private static List<InputType> inputs(NetworkDefinition network) {
    EndLayers ends;
    try {
      ends = EndLayers.of(network);
    } catch (ModelError e) {
      return List.of();
    }
    if (!(ends.layer() instanceof FeedForwardLayer first) || first.getNIn() < 1) {
      return List.of();
    }
    long width = first.getNIn();
    List<InputType> types = new ArrayList<>();
    types.add(InputType.feedForward(width));
    types.add(InputType.recurrent(width, STEPS));
    types.add(InputType.recurrent(width, STEPS, RNNFormat.NWC));
    CNN2DFormat format =
        first instanceof ConvolutionLayer convolution
            ? convolution.getCnn2dDataFormat()
            : CNN2DFormat.NCHW;
    IntStream.of(SIDES)
        .mapToObj(side -> InputType.convolutional(side, side, width, format))
        .forEach(types::add);
    types.removeIf(type -> !ends.takes(type));
    return types;
  }

  private static ExampleLayout layout(NetworkDefinition network, InputType input) {
    InputType output;
    Layer last;
    if (network.graph()) {
      ComputationGraphConfiguration graph = ComputationGraphConfiguration.fromJson(network.json());
      String name = graph.getNetworkOutputs().get(0);
      output = graph.getLayerActivationTypes(input).get(name);
      last =
          graph.getVertices().get(name) instanceof LayerVertex vertex
              ? vertex.getLayerConf().getLayer()
              : null;
    } else {
      MultiLayerConfiguration stack = MultiLayerConfiguration.fromJson(network.json());
      List<InputType> all = stack.getLayerActivationTypes(input);
      output = all.get(all.size() - 1);
      last = stack.getConf(all.size() - 1).getLayer();
    }
    return new ExampleLayout(List.of(part(input)), List.of(part(labels(output, last))));
  }

  /** As outputs are; of mixtures of distributions, as what these are of. */
  private static InputType labels(InputType output, Layer last) {
    return last instanceof BaseOutputLayer end
            && end.getLossFn() instanceof LossMixtureDensity mixtures
        ? InputTypes.withChannels(output, mixtures.getLabelWidth())
        : output;
  }

  private static ExampleLayout.Part part(InputType type) {
    List<Integer> shape = LongStream.of(type.getShape()).mapToObj(Math::toIntExact).toList();
    return new ExampleLayout.Part(ArrayShape.fixed(shape), null);
  }
}
