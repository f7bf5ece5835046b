package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.ActivationFunction;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;

/** Reads layers of sequences. */
final class RecurrentReaders {
  private RecurrentReaders() {}

  @SuppressWarnings("deprecation") // GravesLSTM is, but people have it.
  static int lstm(Reading reading, AbstractLSTM layer, int from) throws UnsupportedNetwork {
    long[] input = sequence(reading, from);
    int units = Math.toIntExact(layer.getNOut());
    ActivationFunction activation =
        reading.named(() -> ActivationFunction.of(layer.getActivationFn()));
    ActivationFunction gate =
        reading.named(() -> ActivationFunction.of(layer.getGateActivationFn()));
    if (activation.needsInputs() || gate.needsInputs()) {
      throw reading.unsupported("an activation other than tanh, sigmoid, ReLU and identity");
    }
    return reading.add(
        new Lstm(
            Math.toIntExact(input[1]),
            units,
            new Dense(input[0], 4L * units, reading.offset("W"), reading.offset("b"), Eltwise.NONE),
            reading.offset("RW"),
            layer instanceof GravesLSTM,
            activation,
            gate),
        layer.getOutputType(0, reading.type(from)),
        from);
  }

  private static long[] sequence(Reading reading, int from) throws UnsupportedNetwork {
    long[] dims = reading.dims(from);
    if (dims.length != 2) {
      throw reading.unsupported("an input that is no sequence");
    }
    return dims;
  }

  static int lastStep(Reading reading, LastTimeStep layer, int from) throws UnsupportedNetwork {
    int value = LayerReaders.read(reading, layer.getUnderlying(), from, null);
    long[] dims = sequence(reading, value);
    return reading.add(new LastStep(dims[0], dims[1]), InputType.feedForward(dims[0]), value);
  }

  /** One layer from the first step to the last, the other from the last to the first. */
  static int bidirectional(Reading reading, Bidirectional layer, int from)
      throws UnsupportedNetwork {
    long[] input = sequence(reading, from);
    InputType type = reading.type(from);
    reading.inside("f");
    int forward = LayerReaders.read(reading, layer.getFwd(), from, null);
    reading.inside("b");
    int reversed = reading.add(new Reversal(input[0], input[1]), type, from);
    int back = LayerReaders.read(reading, layer.getBwd(), reversed, null);
    InputType each = reading.type(forward);
    long[] output = sequence(reading, forward);
    int backward = reading.add(new Reversal(output[0], output[1]), each, back);
    List<Integer> both = List.of(forward, backward);
    return switch (layer.getMode()) {
      case ADD -> reading.add(new Join(Join.Kind.SUM, Eltwise.NONE), each, both);
      case AVERAGE -> reading.add(new Join(Join.Kind.MEAN, Eltwise.NONE), each, both);
      case CONCAT -> VertexReaders.merge(reading, both);
      default -> throw reading.unsupported("joining by " + layer.getMode());
    };
  }

  /** The weighted sums of an output layer, of each step alike. */
  static int output(Reading reading, RnnOutputLayer layer, int from) throws UnsupportedNetwork {
    long[] dims = sequence(reading, from);
    int rows = reading.add(new Rows(dims[0], dims[1], false), InputType.feedForward(dims[0]), from);
    int value = LayerReaders.product(reading, layer, rows);
    return reading.add(
        new Rows(layer.getNOut(), dims[1], true),
        Reading.withChannels(reading.type(from), layer.getNOut()),
        value);
  }
}
