package dev.lockstep.models.dl4j;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.UnsupportedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/** As what arrays a network takes an example: of a shape that is known, or as its layers say. */
public final class NetworkInputs {
  /** Of a sequence that may have any number of steps. */
  public static final int ANY_LENGTH = -1;

  private NetworkInputs() {}

  /**
   * What comes of the first of the arrays that the network may take of which something comes.
   *
   * @param shapes of an example's array, one for each input: as the network takes it, or, of a
   *     network with one input, as the data have it; steps may be {@link #ANY_LENGTH}. None where
   *     the layers have to say it
   * @param trial of what DL4J calls each input; throws what is wrong with it
   * @throws ModelError if the network does not take such examples, or does not say what it takes;
   *     or what the trial has thrown first
   * @throws UnsupportedNetwork if its layers differ on whether channels come last
   */
  public static <T> T first(
      NetworkDefinition definition, List<List<Integer>> shapes, Function<List<InputType>, T> trial)
      throws UnsupportedNetwork {
    int inputs = 1;
    int outputs = 1;
    if (definition.graph()) {
      var graph = ComputationGraphConfiguration.fromJson(definition.json());
      inputs = graph.getNetworkInputs().size();
      outputs = graph.getNetworkOutputs().size();
    }
    boolean single = inputs == 1 && outputs == 1;
    if (shapes.isEmpty() && single) {
      return trial.apply(List.of(said(definition)));
    }
    if (shapes.size() != inputs) {
      throw new ModelError(
          "the network has %d inputs and %d outputs: give the shape of an example's array for each input, found %d"
              .formatted(inputs, outputs, shapes.size()));
    }
    boolean last = InputTypes.channelsLast(definition.newNetwork());
    List<Integer> only = shapes.get(0);
    if (single && !only.contains(ANY_LENGTH) && !embeds(EndLayers.of(definition))) {
      long[] data = only.stream().mapToLong(Integer::longValue).toArray();
      return ExampleShape.first(
          definition,
          candidate -> {
            if (candidate.shape().length > 1 && InputTypes.channelsLast(candidate.type()) != last) {
              throw new IllegalArgumentException("channels in another place than the network's");
            }
            return trial.apply(List.of(candidate.type()));
          },
          data);
    }
    List<InputType> types = new ArrayList<>();
    for (List<Integer> shape : shapes) {
      types.add(InputTypes.of(shape, last));
    }
    return trial.apply(types);
  }

  /** Whether the first layer takes numbers of classes, of which it says how many there are. */
  private static boolean embeds(EndLayers ends) {
    return ends.layer() instanceof EmbeddingLayer || ends.layer() instanceof EmbeddingSequenceLayer;
  }

  private static InputType said(NetworkDefinition definition) throws UnsupportedNetwork {
    EndLayers ends = EndLayers.of(definition);
    if (ends.preprocessor() instanceof FeedForwardToCnnPreProcessor flat) {
      return InputType.feedForward(
          flat.getNumChannels() * flat.getInputHeight() * flat.getInputWidth());
    }
    if (ends.preprocessor() instanceof CnnToFeedForwardPreProcessor picture) {
      return InputType.convolutional(
          picture.getInputHeight(),
          picture.getInputWidth(),
          picture.getNumChannels(),
          picture.getFormat());
    }
    if (embeds(ends)) {
      return InputType.feedForward(ends.layer() instanceof EmbeddingLayer ? 1 : ANY_LENGTH);
    }
    Layer inner = unwrapped(ends.layer());
    long width = inner instanceof FeedForwardLayer first ? first.getNIn() : 0;
    if (width > 0 && inner == ends.layer() && ends.takes(InputType.feedForward(width))) {
      return InputType.feedForward(width);
    }
    boolean last = InputTypes.channelsLast(definition.newNetwork());
    InputType sequence =
        InputType.recurrent(width, ANY_LENGTH, last ? RNNFormat.NWC : RNNFormat.NCW);
    if (width > 0 && (inner instanceof BaseRecurrentLayer || ends.takes(sequence))) {
      return sequence;
    }
    String likely =
        !(inner instanceof ConvolutionLayer) ? "SHAPE" : last ? "28x28x" + width : width + "x28x28";
    throw new ModelError(
        "%s: the network does not say of which size its input is: give the shape of an example (--input %s; in Spark ML, numFeatures)"
            .formatted(ends.name(), likely));
  }

  private static Layer unwrapped(Layer layer) {
    if (layer instanceof Bidirectional both) {
      return unwrapped(both.getFwd());
    }
    if (layer instanceof FrozenLayer frozen) {
      return unwrapped(frozen.getLayer());
    }
    return layer instanceof BaseWrapperLayer wrapper ? unwrapped(wrapper.getUnderlying()) : layer;
  }
}
