package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One layer or vertex while it is written: the graph that it goes to, and its parameters.
 *
 * @param name of the layer or vertex in the network
 * @param kind its class, for messages
 * @param prefix of its parameters' names
 * @param backwards whether a layer of sequences goes from the last step to the first
 * @param parameters of the whole network, by DL4J's names
 */
record LayerScope(
    OnnxGraph graph,
    String name,
    String kind,
    String prefix,
    boolean backwards,
    Map<String, INDArray> parameters) {

  static LayerScope of(
      OnnxGraph graph, Map<String, INDArray> parameters, String name, Object configured) {
    String kind = configured.getClass().getSimpleName();
    return new LayerScope(graph, name, kind, name + "_", false, parameters);
  }

  /** One of the two layers of a bidirectional one. */
  LayerScope forward() {
    return new LayerScope(graph, name, kind, prefix + "f", false, parameters);
  }

  /** The other of them. */
  LayerScope backward() {
    return new LayerScope(graph, name, kind, prefix + "b", true, parameters);
  }

  /** The same from the last step to the first. */
  LayerScope reversed() {
    return new LayerScope(graph, name, kind, prefix, true, parameters);
  }

  UnsupportedNetwork unsupported(String what) {
    return new UnsupportedNetwork("layer %s (%s): %s".formatted(name, kind, what));
  }

  /** Complains about another number of channels than the layer takes. */
  void expectChannels(long channels, Value from) throws UnsupportedNetwork {
    if (from.dims()[0] != channels) {
      throw unsupported(
          "expected %d inputs or channels, found an example of %s"
              .formatted(channels, Arrays.toString(from.dims())));
    }
  }

  boolean has(String parameter) {
    return parameters.containsKey(prefix + parameter);
  }

  /** A parameter's values, row-major in the shape that DL4J says. */
  float[] values(String parameter) {
    return parameters.get(prefix + parameter).dup('c').data().asFloat();
  }

  /** A constant of this layer's. */
  String constant(String what, float[] values, long... dims) {
    return graph.constant(prefix + what, Tensors.of(values, dims));
  }

  /** One number. */
  String number(String what, double value) {
    return constant(what, new float[] {(float) value});
  }

  /** A row of whole numbers. */
  String integers(String what, long... values) {
    return graph.constant(prefix + what, Tensors.of(values, values.length));
  }

  /** A parameter that is stored as ONNX wants it. */
  String parameter(String parameter, long... dims) {
    return constant(parameter, values(parameter), dims);
  }

  /** The values of a parameter of these dimensions, row-major with its axes in another order. */
  float[] permuted(String parameter, long[] dims, int... axes) {
    INDArray array = Nd4j.createFromArray(values(parameter)).reshape('c', dims);
    return array.permute(axes).dup('c').data().asFloat();
  }

  String add(String operation, List<String> inputs, AttributeProto... attributes) {
    return graph.add(name, operation, inputs, attributes);
  }

  String add(String operation, String input, AttributeProto... attributes) {
    return add(operation, List.of(input), attributes);
  }

  String transpose(String value, Integer... axes) {
    return graph.transpose(name, value, axes);
  }

  /** The value in another shape: −1 is the minibatch. */
  String reshape(String value, long... dims) {
    return add("Reshape", List.of(value, integers("shape", dims)));
  }
}
