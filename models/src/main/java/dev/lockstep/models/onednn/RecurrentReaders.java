package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import dev.lockstep.models.math.ActivationFunction;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.IActivation;

/** Reads layers of sequences. */
final class RecurrentReaders {
  private RecurrentReaders() {}

  @SuppressWarnings("deprecation") // GravesLSTM is, but people have it.
  static int lstm(Reading reading, AbstractLSTM layer, int from) throws UnsupportedNetwork {
    boolean peepholes = layer instanceof GravesLSTM;
    Lstm lstm = lstm(reading, layer, layer.getGateActivationFn(), peepholes, "", from);
    return reading.add(lstm, layer.getOutputType(0, reading.type(from)), from);
  }

  /**
   * @param direction what its parameters' names end with
   */
  private static Lstm lstm(
      Reading reading,
      BaseRecurrentLayer layer,
      IActivation gates,
      boolean peepholes,
      String direction,
      int from)
      throws UnsupportedNetwork {
    long[] input = sequence(reading, from);
    int units = Math.toIntExact(layer.getNOut());
    ActivationFunction activation = activation(reading, layer.getActivationFn());
    ActivationFunction gate = activation(reading, gates);
    if (activation.needsInputs() || gate.needsInputs()) {
      throw reading.unsupported("an activation other than tanh, sigmoid, ReLU and identity");
    }
    int bias = reading.offset("b" + direction);
    return new Lstm(
        Math.toIntExact(input[1]),
        units,
        new Dense(input[0], 4L * units, reading.offset("W" + direction), bias, Eltwise.NONE),
        reading.offset("RW" + direction),
        peepholes,
        activation,
        gate,
        reading.inner());
  }

  /** An activation within a recurrent layer. */
  private static ActivationFunction activation(Reading reading, IActivation activation)
      throws UnsupportedNetwork {
    ActivationFunction known = reading.named(() -> ActivationFunction.of(activation));
    if (known.draws()) {
      throw reading.unsupported("activation %s within a sequence".formatted(activation));
    }
    return known;
  }

  /** Two LSTMs with peepholes, one of them from the last step to the first, and their sum. */
  @SuppressWarnings("deprecation") // As above.
  static int bothDirections(Reading reading, GravesBidirectionalLSTM layer, int from)
      throws UnsupportedNetwork {
    if (layer.getIDropout() != null) {
      throw reading.unsupported("dropout, which DL4J leaves out");
    }
    long[] input = sequence(reading, from);
    InputType type = layer.getOutputType(0, reading.type(from));
    IActivation gates = layer.getGateActivationFn();
    int forward = reading.add(lstm(reading, layer, gates, true, "F", from), type, from);
    int reversed = reading.add(new Reversal(input[0], input[1]), reading.type(from), from);
    int backward = reading.add(lstm(reading, layer, gates, true, "B", reversed), type, reversed);
    int turned = reading.add(new Reversal(layer.getNOut(), input[1]), type, backward);
    return reading.add(new Join(Join.Kind.SUM, Eltwise.NONE), type, List.of(forward, turned));
  }

  static int plain(Reading reading, SimpleRnn layer, int from) throws UnsupportedNetwork {
    if (layer.hasLayerNorm()) {
      throw reading.unsupported("layer normalization");
    }
    long[] input = sequence(reading, from);
    int units = Math.toIntExact(layer.getNOut());
    ActivationFunction activation = activation(reading, layer.getActivationFn());
    if (activation.ofRows()) {
      throw reading.unsupported(
          "activation %s within a sequence"
              .formatted(layer.getActivationFn().getClass().getSimpleName()));
    }
    Rnn rnn =
        new Rnn(
            Math.toIntExact(input[1]),
            units,
            new Dense(input[0], units, reading.offset("W"), reading.offset("b"), Eltwise.NONE),
            reading.offset("RW"),
            activation,
            // Unlike an LSTM it leaves them out wherever it is.
            reading.mask(from));
    return reading.add(rnn, layer.getOutputType(0, reading.type(from)), from);
  }

  private static long[] sequence(Reading reading, int from) throws UnsupportedNetwork {
    long[] dims = reading.dims(from);
    if (dims.length != 2) {
      throw reading.unsupported("an input that is no sequence");
    }
    return dims;
  }

  static int lastStep(Reading reading, LastTimeStep layer, int from) throws UnsupportedNetwork {
    StepMask outer = reading.inner();
    // DL4J's recurrent layers have a mask of their own here only.
    StepMask mask = outer == null ? reading.mask(from) : outer;
    reading.masking(mask);
    int value = LayerReaders.read(reading, layer.getUnderlying(), from, null);
    reading.masking(outer);
    long[] dims = sequence(reading, value);
    LastStep last = new LastStep(Math.toIntExact(dims[0]), Math.toIntExact(dims[1]), mask);
    return reading.add(last, InputType.feedForward(dims[0]), value);
  }

  /** One layer from the first step to the last, the other from the last to the first. */
  static int bidirectional(Reading reading, Bidirectional layer, int from)
      throws UnsupportedNetwork {
    long[] input = sequence(reading, from);
    InputType type = reading.type(from);
    if (reading.inner() != null) {
      // DL4J's gradient by the biases has what masked steps would have had.
      throw reading.unsupported("the last step of both directions, with a mask");
    }
    StepMask mask = cut(reading, from);
    reading.masking(mask);
    reading.inside("f");
    int forward = LayerReaders.read(reading, layer.getFwd(), from, null);
    reading.masking(mask == null ? null : mask.reverse());
    reading.inside("b");
    int reversed = reading.add(new Reversal(input[0], input[1]), type, from);
    StepMask whole = reading.mask(from);
    reading.mask(reversed, whole == null ? null : whole.reverse());
    int backward = LayerReaders.read(reading, layer.getBwd(), reversed, null);
    reading.masking(null);
    InputType each = reading.type(forward);
    if (each instanceof InputType.InputTypeRecurrent) {
      long[] output = sequence(reading, forward);
      backward = reading.add(new Reversal(output[0], output[1]), each, backward);
      reading.mask(backward, whole);
    }
    List<Integer> both = List.of(forward, backward);
    return switch (layer.getMode()) {
      case ADD -> reading.add(new Join(Join.Kind.SUM, Eltwise.NONE), each, both);
      case AVERAGE -> reading.add(new Join(Join.Kind.MEAN, Eltwise.NONE), each, both);
      case CONCAT -> VertexReaders.merge(reading, both);
      case MUL -> reading.add(new Selection(Selection.Kind.PRODUCT), each, both);
    };
  }

  /** What is beyond the longest example of a minibatch, DL4J has not. */
  private static StepMask cut(Reading reading, int from) {
    StepMask mask = reading.mask(from);
    return mask != null && reading.varies(mask.input()) ? mask.longest() : null;
  }

  static int repetition(Reading reading, RepeatVector layer, int from) throws UnsupportedNetwork {
    InputType type = layer.getOutputType(0, reading.type(from));
    long[] dims = InputTypes.dims(type);
    Repetition repetition = new Repetition(Math.toIntExact(dims[0]), Math.toIntExact(dims[1]));
    return reading.add(repetition, type, from);
  }

  /** A value without the steps that do not count. */
  static int counted(Reading reading, int from) throws UnsupportedNetwork {
    StepMask mask = reading.mask(from);
    if (mask == null) {
      return from;
    }
    long[] dims = sequence(reading, from);
    StepFactors factors = new StepFactors(Math.toIntExact(dims[0]), Math.toIntExact(dims[1]), mask);
    return reading.add(factors, reading.type(from), from);
  }
}
