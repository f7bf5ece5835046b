package dev.lockstep.models.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** A graph of ONNX while it is made: nodes in the order in which they are computed. */
final class OnnxGraph {
  private final GraphProto.Builder result = GraphProto.newBuilder().setName("network");
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();
  private final Map<String, Transposed> transposed = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  /** What a value was before its axes were put in this order. */
  private record Transposed(String from, List<Integer> axes) {}

  /** A name that nothing else has. */
  private String unique(String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** Keeps a name for what is added to the graph later. */
  void reserve(String name) {
    names.add(name);
  }

  /**
   * An operation with one result.
   *
   * @param owner which part of the network it is of
   * @return the name of its result
   */
  String add(String owner, String operation, List<String> inputs, AttributeProto... attributes) {
    String name = unique(owner + "/" + operation);
    nodes.add(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(operation)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(List.of(attributes))
            .build());
    return name;
  }

  /** The value with its axes in another order; what two of these undo is left out. */
  String transpose(String owner, String value, Integer... order) {
    Transposed known = transposed.get(value);
    List<Integer> axes = List.of(order);
    String from = value;
    if (known != null) {
      from = known.from;
      axes = axes.stream().map(known.axes::get).toList();
    }
    boolean same = true;
    for (int i = 0; i < axes.size(); i++) {
      same &= axes.get(i) == i;
    }
    if (same) {
      return from;
    }
    long[] permutation = axes.stream().mapToLong(Integer::longValue).toArray();
    String name = add(owner, "Transpose", List.of(from), Attributes.ofAll("perm", permutation));
    transposed.put(name, new Transposed(from, axes));
    return name;
  }

  /**
   * A constant.
   *
   * @return its name
   */
  String constant(String name, TensorProto values) {
    String own = unique(name);
    constants.add(values.toBuilder().setName(own).build());
    return own;
  }

  /** What the graph is given. */
  void input(ModelTensor tensor) {
    result.addInput(described(tensor));
  }

  /** What the graph gives: this value, by another name. */
  void output(ModelTensor tensor, String value) {
    nodes.add(
        NodeProto.newBuilder()
            .setName(unique(tensor.name() + "/Identity"))
            .setOpType("Identity")
            .addInput(value)
            .addOutput(tensor.name())
            .build());
    result.addOutput(described(tensor));
  }

  private static ValueInfoProto described(ModelTensor tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String dimension : tensor.shape()) {
      boolean number = Character.isDigit(dimension.charAt(0));
      shape.addDim(
          number
              ? Dimension.newBuilder().setDimValue(Long.parseLong(dimension))
              : Dimension.newBuilder().setDimParam(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(tensor.name())
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(tensor.type().number())
                        .setShape(shape)))
        .build();
  }

  /** All that the outputs need, and nothing else. */
  GraphProto build() {
    Set<String> needed = new HashSet<>();
    result.getOutputList().forEach(output -> needed.add(output.getName()));
    List<NodeProto> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(node.getInputList());
        kept.add(0, node);
      }
    }
    return result
        .addAllNode(kept)
        .addAllInitializer(
            constants.stream().filter(values -> needed.contains(values.getName())).toList())
        .build();
  }
}
