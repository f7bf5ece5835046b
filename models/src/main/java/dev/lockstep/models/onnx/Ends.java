package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** What is done with data before a network, and with what it gives. */
final class Ends {
  private static final long FLOAT = DataType.FLOAT.getNumber();
  private static final long DOUBLE = DataType.DOUBLE.getNumber();

  private Ends() {}

  /** A value, channels first, of DL4J's array of a type. */
  static Value channelsFirst(LayerScope scope, String array, InputType type)
      throws UnsupportedNetwork {
    if (!InputTypes.channelsLast(type)) {
      return new Value(array, type);
    }
    boolean steps = InputTypes.dims(type).length == 2;
    return new Value(
        steps ? scope.transpose(array, 0, 2, 1) : scope.transpose(array, 0, 3, 1, 2), type);
  }

  /** DL4J's array of a value. */
  static String array(LayerScope scope, Value value) throws UnsupportedNetwork {
    if (!InputTypes.channelsLast(value.type())) {
      return value.name();
    }
    return value.rank() == 2
        ? scope.transpose(value.name(), 0, 2, 1)
        : scope.transpose(value.name(), 0, 2, 3, 1);
  }

  /** The dimensions of DL4J's array of a type. */
  static long[] arrayDims(InputType type) throws UnsupportedNetwork {
    long[] dims = InputTypes.dims(type);
    if (!InputTypes.channelsLast(type)) {
      return dims;
    }
    long[] last = Arrays.copyOf(Arrays.copyOfRange(dims, 1, dims.length), dims.length);
    last[dims.length - 1] = dims[0];
    return last;
  }

  /** Bytes [batch, height, width, channels] as the network's array. */
  static String pictures(
      LayerScope scope, String bytes, OnnxPreparation preparation, InputType type)
      throws UnsupportedNetwork {
    OnnxPreparation.Picture picture = preparation.picture().orElseThrow();
    long[] planes = {picture.channels(), picture.height(), picture.width()};
    long[] array = arrayDims(type);
    long length = LongStream.of(planes).reduce(1, Math::multiplyExact);
    // Of whatever shape the network takes them: data are never put in another order.
    if (LongStream.of(array).reduce(1, (a, b) -> a * b) != length) {
      throw scope.unsupported(
          "pictures of %s as an example of %s"
              .formatted(Arrays.toString(planes), Arrays.toString(array)));
    }
    String values = scope.transpose(scope.add("Cast", bytes, to(FLOAT)), 0, 3, 1, 2);
    if (!isIdentity(preparation)) {
      long[] dims = groups(scope, preparation, planes);
      String offsets = scope.constant("offsets", floats(preparation.offsets()), dims);
      String factors = scope.constant("factors", floats(preparation.factors()), dims);
      String shifted = scope.add("Sub", List.of(values, offsets));
      values = scope.add("Mul", List.of(shifted, factors));
    }
    if (Arrays.equals(planes, array)) {
      return values;
    }
    long[] shape = new long[array.length + 1];
    shape[0] = -1;
    System.arraycopy(array, 0, shape, 1, array.length);
    return scope.reshape(values, shape);
  }

  private static AttributeProto to(long type) {
    return Attributes.of("to", type);
  }

  /** The network's array as it is before its values are normalised: in float64, as in training. */
  static String normalised(
      LayerScope scope, String array, OnnxPreparation preparation, InputType type)
      throws UnsupportedNetwork {
    if (isIdentity(preparation)) {
      return array;
    }
    long[] dims = groups(scope, preparation, arrayDims(type));
    String wide = scope.add("Cast", array, to(DOUBLE));
    String offsets = doubles(scope, "offsets", preparation.offsets(), dims);
    String shifted = scope.add("Sub", List.of(wide, offsets));
    String factors = doubles(scope, "factors", preparation.factors(), dims);
    return scope.add("Cast", scope.add("Mul", List.of(shifted, factors)), to(FLOAT));
  }

  private static String doubles(LayerScope scope, String name, List<Double> values, long... dims) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    return scope.graph().constant(name, Tensors.of(all, dims));
  }

  private static float[] floats(List<Double> values) {
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i).floatValue();
    }
    return all;
  }

  private static boolean isIdentity(OnnxPreparation preparation) {
    return preparation.offsets().stream().allMatch(offset -> offset == 0)
        && preparation.factors().stream().allMatch(factor -> factor == 1);
  }

  /** In which shape offsets are taken from an example of these dimensions. */
  private static long[] groups(LayerScope scope, OnnxPreparation preparation, long... dims)
      throws UnsupportedNetwork {
    int count = preparation.offsets().size();
    long length = LongStream.of(dims).reduce(1, (a, b) -> a * b);
    if (count == 1) {
      return new long[0];
    }
    if (count == length) {
      return dims;
    }
    if (count == dims[0]) {
      long[] shape = new long[dims.length];
      Arrays.fill(shape, 1);
      shape[0] = count;
      return shape;
    }
    throw scope.unsupported(
        "a normalisation of %d columns or channels, of examples of %s"
            .formatted(count, Arrays.toString(dims)));
  }

  /** What the network says, as predictions have it: float32 [batch, values]. */
  static Value predictions(LayerScope scope, Value value, OnnxPreparation preparation)
      throws UnsupportedNetwork {
    if (!preparation.means().isEmpty()) {
      return new Value(restored(scope, value, preparation), value.type());
    }
    if (preparation.classes() == OnnxPreparation.Classes.EACH) {
      return value;
    }
    if (value.rank() != 1 || value.dims()[0] != 1) {
      throw scope.unsupported("two classes of other than one output");
    }
    String one = scope.number("one", 1);
    String second = value.name();
    if (preparation.classes() == OnnxPreparation.Classes.MINUS_PLUS) {
      String sum = scope.add("Add", List.of(second, one));
      second = scope.add("Mul", List.of(sum, scope.number("half", 0.5)));
    }
    second = scope.add("Clip", List.of(second, scope.number("zero", 0), one));
    String first = scope.add("Sub", List.of(one, second));
    String both =
        scope.add("Concat", List.of(first, second), Attributes.of("axis", Value.CHANNELS));
    return new Value(both, InputType.feedForward(2));
  }

  private static String restored(LayerScope scope, Value value, OnnxPreparation preparation)
      throws UnsupportedNetwork {
    int targets = preparation.means().size();
    if (value.rank() != 1 || value.dims()[0] != targets) {
      throw scope.unsupported(
          "%d targets that are standardised, of an output of %s"
              .formatted(targets, Arrays.toString(value.dims())));
    }
    String wide = scope.add("Cast", value.name(), to(DOUBLE));
    String deviations = doubles(scope, "deviations", preparation.deviations(), targets);
    String scaled = scope.add("Mul", List.of(wide, deviations));
    String means = doubles(scope, "means", preparation.means(), targets);
    return scope.add("Cast", scope.add("Add", List.of(scaled, means)), to(FLOAT));
  }
}
