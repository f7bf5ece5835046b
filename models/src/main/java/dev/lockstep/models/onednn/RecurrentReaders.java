package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import dev.lockstep.models.math.ActivationFunction;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
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
            gate,
            reading.inner()),
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
    int backward = LayerReaders.read(reading, layer.getBwd(), reversed, null);
    reading.masking(null);
    InputType each = reading.type(forward);
    if (each instanceof InputType.InputTypeRecurrent) {
      long[] output = sequence(reading, forward);
      backward = reading.add(new Reversal(output[0], output[1]), each, backward);
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
