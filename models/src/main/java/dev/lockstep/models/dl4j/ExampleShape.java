package dev.lockstep.models.dl4j;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A shape in which a network may take an example, and what DL4J calls that.
 *
 * @param shape of as many values as the example has
 */
record ExampleShape(InputType type, long... shape) {
  private static final int[] CHANNELS = {1, 3};

  /**
   * The shape in which a network takes examples: as they are, flat, or as a picture with one more
   * dimension for its channels. It is the first in which the network is able to read an example.
   *
   * @param labelLength how many values the labels of one example have
   * @param data the shape that the examples have where they are stored
   * @throws ModelError naming the layer that does not fit, what it expects and what it found
   */
  static long[] of(NetworkDefinition definition, int labelLength, long... data) {
    EndLayers ends = EndLayers.of(definition);
    Model network = definition.newNetwork();
    return first(
        definition,
        candidate -> {
          candidate.expectLabels(network, ends, labelLength);
          return candidate.shape;
        },
        data);
  }

  /**
   * What comes of the first shape of which something comes.
   *
   * @throws ModelError as {@link #of}, or the first that the trial has thrown
   */
  static <T> T first(NetworkDefinition definition, Function<ExampleShape, T> trial, long... data) {
    EndLayers ends = EndLayers.of(definition);
    List<ExampleShape> candidates = candidates(data);
    // Where none fits, the network's complaint is best understood about the kind that it takes.
    // What DL4J knows to be wrong comes last: fed with it, its native code may end the process.
    candidates.sort(
        Comparator.comparing((ExampleShape candidate) -> !ends.takes(candidate.type))
            .thenComparing(candidate -> !flows(definition, candidate.type)));
    RuntimeException first = null;
    for (ExampleShape candidate : candidates) {
      try {
        ends.expectFits(candidate.type, data);
        return trial.apply(candidate);
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    throw first instanceof ModelError error
        ? error
        : new ModelError("examples of %s: %s".formatted(Arrays.toString(data), line(first)), first);
  }

  /** Whether DL4J finds nothing wrong with the kinds of arrays that all layers would get. */
  private static boolean flows(NetworkDefinition definition, InputType type) {
    try {
      if (definition.graph()) {
        ComputationGraphConfiguration.fromJson(definition.json()).getLayerActivationTypes(type);
      } else {
        MultiLayerConfiguration.fromJson(definition.json()).getLayerActivationTypes(type);
      }
      return true;
    } catch (RuntimeException e) {
      return false; // of many classes
    }
  }

  private static String line(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("do not fit the network");
  }

  private void expectLabels(Model network, EndLayers ends, int labelLength) {
    ExampleLayout layout = ExampleLayout.of(labelLength, shape);
    Minibatch blank =
        new Minibatch(new float[layout.featureLength()], new float[layout.labelLength()], 1);
    MultiDataSet trial = new MinibatchArrays(layout).of(blank);
    long[] output = Dl4jNetwork.of(network).output(trial)[0].shape();
    long[] expected = {1, labelLength};
    if (!Arrays.equals(output, expected)) {
      throw new ModelError(
          "%s: expected labels of %s, found %d"
              .formatted(ends.exit(), values(output), labelLength));
    }
  }

  private static String values(long[] output) {
    return output.length == 2
        ? output[1] + " values"
        : "shape " + Arrays.toString(Arrays.copyOfRange(output, 1, output.length));
  }

  private static List<ExampleShape> candidates(long... data) {
    List<ExampleShape> found = new ArrayList<>();
    long length = LongStream.of(data).reduce(1, Math::multiplyExact);
    found.add(new ExampleShape(InputType.feedForward(length), length));
    switch (data.length) {
      case 1 -> {
        for (int channels : CHANNELS) {
          square(length, channels).ifPresent(side -> addPictures(found, side, side, channels));
        }
      }
      case 2 -> {
        addPictures(found, data[0], data[1], 1);
        found.add(new ExampleShape(InputType.recurrent(data[0], data[1]), data));
        found.add(new ExampleShape(InputType.recurrent(data[1], data[0], RNNFormat.NWC), data));
      }
      case 3 -> {
        found.add(picture(data[1], data[2], data[0], CNN2DFormat.NCHW));
        found.add(picture(data[0], data[1], data[2], CNN2DFormat.NHWC));
        found.add(volume(1, data[0], data[1], data[2]));
      }
      case 4 -> found.add(volume(data));
      default -> {}
    }
    return found;
  }

  private static Optional<Long> square(long length, int channels) {
    long side = Math.round(Math.sqrt((double) length / channels));
    return side * side * channels == length ? Optional.of(side) : Optional.empty();
  }

  private static void addPictures(List<ExampleShape> found, long height, long width, int channels) {
    found.add(picture(height, width, channels, CNN2DFormat.NCHW));
    found.add(picture(height, width, channels, CNN2DFormat.NHWC));
  }

  private static ExampleShape picture(long height, long width, long channels, CNN2DFormat format) {
    InputType type = InputType.convolutional(height, width, channels, format);
    return format == CNN2DFormat.NCHW
        ? new ExampleShape(type, channels, height, width)
        : new ExampleShape(type, height, width, channels);
  }

  private static ExampleShape volume(long... shape) {
    return new ExampleShape(
        InputType.convolutional3D(
            Convolution3D.DataFormat.NCDHW, shape[1], shape[2], shape[3], shape[0]),
        shape);
  }
}
