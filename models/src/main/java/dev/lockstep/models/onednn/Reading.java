package dev.lockstep.models.onednn;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Loss;
import dev.lockstep.models.onednn.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** A plan while it is read: the steps so far, and of which type DL4J says each value is. */
final class Reading {
  private final Map<String, Integer> offsets;
  private final List<InputType> types = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Head> heads = new ArrayList<>();
  private final int inputs;
  private String name = "";
  private String kind = "";
  private String prefix = "";

  /**
   * @param inputs of which type each input is
   * @param offsets where each parameter begins, by layer and name: {@code 0_W}
   */
  Reading(List<InputType> inputs, Map<String, Integer> offsets) {
    this.offsets = offsets;
    this.inputs = inputs.size();
    types.addAll(inputs);
  }

  /** What comes now is of this layer or vertex. */
  void begin(String newName, String newKind) {
    name = newName;
    kind = newKind;
    prefix = newName + "_";
  }

  /** Parameters have this before their names, within a layer that wraps another. */
  void inside(String inner) {
    prefix = name + "_" + inner;
  }

  UnsupportedNetwork unsupported(String what) {
    return new UnsupportedNetwork("layer %s (%s): %s".formatted(name, kind, what));
  }

  /** What may be unknown of a part. */
  interface Part<T> {
    T read() throws UnsupportedNetwork;
  }

  /** A part of the present layer; what is unknown of it is told of the layer. */
  <T> T named(Part<T> part) throws UnsupportedNetwork {
    try {
      return part.read();
    } catch (UnsupportedNetwork e) {
      throw unsupported(e.getMessage());
    }
  }

  /** The steps from this one on are not trained. */
  void freeze(int first) {
    steps
        .subList(first, steps.size())
        .replaceAll(step -> new Step(step.name(), new Frozen(step.operation()), step.inputs()));
  }

  /** Where a parameter of the present layer begins, or {@link Convolution#NONE}. */
  int offset(String parameter) {
    return offsets.getOrDefault(prefix + parameter, Convolution.NONE);
  }

  InputType type(int value) {
    return types.get(value);
  }

  /** The dimensions of an example's value, channels first. */
  long[] dims(int value) throws UnsupportedNetwork {
    return dimsOf(type(value));
  }

  /** The dimensions of an example's value of a type, channels first. */
  static long[] dimsOf(InputType type) throws UnsupportedNetwork {
    if (type instanceof InputType.InputTypeConvolutional picture) {
      return new long[] {picture.getChannels(), picture.getHeight(), picture.getWidth()};
    }
    if (type instanceof InputType.InputTypeRecurrent sequence) {
      return new long[] {sequence.getSize(), sequence.getTimeSeriesLength()};
    }
    if (type instanceof InputType.InputTypeFeedForward flat) {
      return new long[] {flat.getSize()};
    }
    if (type instanceof InputType.InputTypeConvolutionalFlat flat) {
      return new long[] {flat.getFlattenedSize()};
    }
    throw new UnsupportedNetwork("a network with values of type " + type);
  }

  static boolean channelsLast(InputType type) {
    return type instanceof InputType.InputTypeConvolutional picture
            && picture.getFormat() == CNN2DFormat.NHWC
        || type instanceof InputType.InputTypeRecurrent sequence
            && sequence.getFormat() == RNNFormat.NWC;
  }

  /** The same type with another number of channels. */
  static InputType withChannels(InputType type, long channels) {
    if (type instanceof InputType.InputTypeConvolutional picture) {
      return InputType.convolutional(
          picture.getHeight(), picture.getWidth(), channels, picture.getFormat());
    }
    return type instanceof InputType.InputTypeRecurrent sequence
        ? InputType.recurrent(channels, sequence.getTimeSeriesLength(), sequence.getFormat())
        : InputType.feedForward(channels);
  }

  /**
   * One more step.
   *
   * @return the number of its value
   */
  int add(Operation operation, InputType type, List<Integer> from) {
    steps.add(new Step(name, operation, from));
    types.add(type);
    return types.size() - 1;
  }

  int add(Operation operation, InputType type, int from) {
    return add(operation, type, List.of(from));
  }

  /** The network ends here with a loss. */
  void end(int value, ActivationFunction activation, Loss loss, Head.Labels labels)
      throws UnsupportedNetwork {
    long[] dims = dims(value);
    int columns = Math.toIntExact(dims[0]);
    int steps = Shapes.length(dims) / columns;
    Loss fitting =
        loss.ofLabels(labels.length() / steps, columns)
            .filter(known -> known.labelColumns(columns) * steps == labels.length())
            .orElseThrow(
                () ->
                    new ModelError(
                        "layer %s (%s): expected labels of %d values, found %d"
                            .formatted(
                                name, kind, loss.labelColumns(columns) * steps, labels.length())));
    heads.add(
        new Head(value, dims, channelsLast(type(value)), activation, fitting, labels.offset()));
  }

  int inputs() {
    return inputs;
  }

  List<Step> steps() {
    return steps;
  }

  List<Head> heads() {
    return heads;
  }
}
