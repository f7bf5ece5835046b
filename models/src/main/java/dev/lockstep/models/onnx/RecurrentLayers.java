package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto;
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
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * Layers of sequences. DL4J has the gates of an LSTM side by side as input activation, forget,
 * output, input modulation, and the peepholes after them as forget, output, modulation; ONNX has
 * modulation, output, forget, activation, and modulation, output, forget.
 */
final class RecurrentLayers {
  private static final int[] GATES = {3, 2, 1, 0};
  private static final int[] PEEPHOLES = {2, 1, 0};

  /** What ONNX calls them inside its recurrent operations. */
  private static final Map<Class<? extends IActivation>, String> ACTIVATIONS =
      Map.of(
          ActivationTanH.class, "Tanh",
          ActivationSigmoid.class, "Sigmoid",
          ActivationReLU.class, "Relu",
          ActivationSoftSign.class, "Softsign",
          ActivationHardSigmoid.class, "HardSigmoid",
          ActivationIdentity.class, "LeakyRelu");

  /** Alpha and beta of those that have such. */
  private static final Map<String, Float[]> SETTINGS =
      Map.of("HardSigmoid", new Float[] {0.2f, 0.5f}, "LeakyRelu", new Float[] {1f, 0f});

  private RecurrentLayers() {}

  @SuppressWarnings("deprecation") // GravesLSTM is, but people have it.
  static Value lstm(LayerScope scope, AbstractLSTM layer, Value from) throws UnsupportedNetwork {
    return lstm(scope, layer, layer.getGateActivationFn(), layer instanceof GravesLSTM, "", from);
  }

  /** Two LSTMs with peepholes, one of them from the last step to the first, and their sum. */
  @SuppressWarnings("deprecation") // As above.
  static Value bothDirections(LayerScope scope, GravesBidirectionalLSTM layer, Value from)
      throws UnsupportedNetwork {
    IActivation gates = layer.getGateActivationFn();
    Value forward = lstm(scope, layer, gates, true, "F", from);
    Value backward = lstm(scope.reversed(), layer, gates, true, "B", from);
    return new Value(scope.add("Add", List.of(forward.name(), backward.name())), forward.type());
  }

  /**
   * @param direction what its parameters' names end with
   */
  private static Value lstm(
      LayerScope scope,
      BaseRecurrentLayer layer,
      IActivation gates,
      boolean peepholes,
      String direction,
      Value from)
      throws UnsupportedNetwork {
    int units = Math.toIntExact(layer.getNOut());
    int inputs = Math.toIntExact(sequence(scope, layer, from)[0]);
    int columns = GATES.length * units;
    float[] recurrent = scope.values("RW" + direction);
    int width = recurrent.length / units;
    float[] bias = new float[2 * columns]; // of inputs, and of what comes again: DL4J has one
    System.arraycopy(gates(scope.values("b" + direction), 1, columns, units), 0, bias, 0, columns);
    List<String> operands = new ArrayList<>();
    float[] weights = gates(scope.values("W" + direction), inputs, columns, units);
    float[] again = gates(recurrent, units, width, units);
    operands.add(scope.constant("W" + direction, weights, 1, columns, inputs));
    operands.add(scope.constant("R" + direction, again, 1, columns, units));
    operands.add(scope.constant("B" + direction, bias, 1, bias.length));
    if (peepholes) {
      operands.addAll(List.of("", "", ""));
      operands.add(
          scope.constant(
              "P" + direction,
              peepholes(recurrent, units, width),
              1,
              (long) PEEPHOLES.length * units));
    }
    String activation = activation(scope, layer.getActivationFn());
    String gate = activation(scope, gates);
    if (gate.equals("LeakyRelu")) {
      // ONNX Runtime would take its settings for those of the next.
      throw scope.unsupported("gates without an activation");
    }
    return recurrent(scope, "LSTM", layer, from, operands, gate, activation, activation);
  }

  /** W·x + R·h + b, activated. */
  static Value simple(LayerScope scope, SimpleRnn layer, Value from) throws UnsupportedNetwork {
    if (layer.hasLayerNorm()) {
      throw scope.unsupported("layer normalization");
    }
    long inputs = sequence(scope, layer, from)[0];
    long units = layer.getNOut();
    float[] bias = Arrays.copyOf(scope.values("b"), Math.toIntExact(2 * units));
    List<String> operands =
        List.of(
            scope.constant(
                "W", scope.permuted("W", new long[] {inputs, units}, 1, 0), 1, units, inputs),
            scope.constant(
                "R", scope.permuted("RW", new long[] {units, units}, 1, 0), 1, units, units),
            scope.constant("B", bias, 1, bias.length));
    return recurrent(
        scope, "RNN", layer, from, operands, activation(scope, layer.getActivationFn()));
  }

  private static Value recurrent(
      LayerScope scope,
      String operation,
      BaseRecurrentLayer layer,
      Value from,
      List<String> operands,
      String... activations) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(Attributes.of("hidden_size", layer.getNOut()));
    attributes.add(Attributes.of("direction", scope.backwards() ? "reverse" : "forward"));
    attributes.add(Attributes.ofAll("activations", activations));
    List<Float[]> settings =
        Stream.of(activations).map(SETTINGS::get).filter(Objects::nonNull).toList();
    if (!settings.isEmpty()) {
      attributes.add(setting("activation_alpha", settings, 0));
      attributes.add(setting("activation_beta", settings, 1));
    }
    List<String> all = new ArrayList<>();
    all.add(scope.transpose(from.name(), 2, 0, 1)); // [steps, batch, channels]
    all.addAll(operands);
    String directions = scope.add(operation, all, attributes.toArray(AttributeProto[]::new));
    String steps = scope.add("Squeeze", List.of(directions, scope.integers("axes", 1)));
    return new Value(
        scope.transpose(steps, 1, 2, 0), InputTypes.withChannels(from.type(), layer.getNOut()));
  }

  private static AttributeProto setting(String name, List<Float[]> settings, int which) {
    return Attributes.ofAll(name, settings.stream().map(of -> of[which]).toArray(Float[]::new));
  }

  private static String activation(LayerScope scope, IActivation activation)
      throws UnsupportedNetwork {
    String name = ACTIVATIONS.get(activation.getClass());
    boolean otherRelu =
        activation instanceof ActivationReLU && !activation.equals(new ActivationReLU());
    if (name == null || otherRelu) {
      throw scope.unsupported("the activation %s within a sequence".formatted(activation));
    }
    return name;
  }

  private static long[] sequence(LayerScope scope, BaseRecurrentLayer layer, Value from)
      throws UnsupportedNetwork {
    long[] dims = sequence(scope, from);
    scope.expectChannels(layer.getNIn(), from);
    return dims;
  }

  private static long[] sequence(LayerScope scope, Value from) throws UnsupportedNetwork {
    if (from.rank() != 2) {
      throw scope.unsupported("an input that is no sequence");
    }
    return from.dims();
  }

  /** [gates · units, rows] of [rows, columns], whose first columns are those of the gates. */
  private static float[] gates(float[] from, int rows, int columns, int units) {
    float[] to = new float[GATES.length * units * rows];
    for (int k = 0; k < GATES.length; k++) {
      for (int unit = 0; unit < units; unit++) {
        for (int row = 0; row < rows; row++) {
          to[(k * units + unit) * rows + row] = from[row * columns + GATES[k] * units + unit];
        }
      }
    }
    return to;
  }

  private static float[] peepholes(float[] from, int units, int columns) {
    float[] to = new float[PEEPHOLES.length * units];
    for (int k = 0; k < PEEPHOLES.length; k++) {
      for (int unit = 0; unit < units; unit++) {
        to[k * units + unit] = from[unit * columns + GATES.length * units + PEEPHOLES[k]];
      }
    }
    return to;
  }

  static Value lastStep(LayerScope scope, LastTimeStep layer, Value from)
      throws UnsupportedNetwork {
    Value steps = LayerWriters.write(scope, layer.getUnderlying(), from);
    long channels = sequence(scope, steps)[0];
    String index =
        scope
            .graph()
            .constant(scope.name() + "_last", Tensors.of(new long[] {scope.backwards() ? 0 : -1}));
    String last = scope.add("Gather", List.of(steps.name(), index), Attributes.of("axis", 2));
    return new Value(last, InputType.feedForward(channels));
  }

  /** One layer from the first step to the last, the other from the last to the first. */
  static Value bidirectional(LayerScope scope, Bidirectional layer, Value from)
      throws UnsupportedNetwork {
    Value forward = LayerWriters.write(scope.forward(), layer.getFwd(), from);
    Value backward = LayerWriters.write(scope.backward(), layer.getBwd(), from);
    List<String> both = List.of(forward.name(), backward.name());
    InputType type = forward.type();
    return switch (layer.getMode()) {
      case ADD -> new Value(scope.add("Add", both), type);
      case AVERAGE -> new Value(scope.add("Mean", both), type);
      case MUL -> new Value(scope.add("Mul", both), type);
      case CONCAT ->
          new Value(
              scope.add("Concat", both, Attributes.of("axis", Value.CHANNELS)),
              InputTypes.withChannels(type, 2 * forward.dims()[0]));
    };
  }

  /** A vector as each step of a sequence. */
  static Value repeated(LayerScope scope, RepeatVector layer, Value from)
      throws UnsupportedNetwork {
    InputType type = layer.getOutputType(0, from.type());
    String one = scope.add("Unsqueeze", List.of(from.name(), scope.integers("axes", 2)));
    String all =
        scope.add("Expand", List.of(one, scope.integers("shape", 1, 1, InputTypes.dims(type)[1])));
    return new Value(all, type);
  }
}
