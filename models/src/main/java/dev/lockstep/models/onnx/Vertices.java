package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** What joins layers in a graph. */
final class Vertices {
  private Vertices() {}

  static Value write(LayerScope scope, GraphVertex vertex, List<Value> from)
      throws UnsupportedNetwork {
    if (vertex instanceof FrozenVertex frozen) {
      return write(scope, frozen.getUnderlying(), from);
    }
    Class<?> kind = vertex.getClass();
    Value first = from.get(0);
    if (kind == ElementWiseVertex.class) {
      return joined(scope, (ElementWiseVertex) vertex, from);
    }
    if (kind == MergeVertex.class) {
      return merged(scope, (MergeVertex) vertex, from);
    }
    if (kind == SubsetVertex.class) {
      return part(scope, (SubsetVertex) vertex, first);
    }
    if (kind == L2NormalizeVertex.class) {
      return ofUnitLength(scope, (L2NormalizeVertex) vertex, first);
    }
    if (kind == PreprocessorVertex.class) {
      return Joints.write(scope, ((PreprocessorVertex) vertex).getPreProcessor(), first);
    }
    if (kind == ScaleVertex.class) {
      String factor = scope.number("factor", ((ScaleVertex) vertex).getScaleFactor());
      return new Value(scope.add("Mul", List.of(first.name(), factor)), first.type());
    }
    if (kind == ShiftVertex.class) {
      String shift = scope.number("shift", ((ShiftVertex) vertex).getShiftFactor());
      return new Value(scope.add("Add", List.of(first.name(), shift)), first.type());
    }
    throw scope.unsupported("this type of vertex");
  }

  private static List<String> names(List<Value> values) {
    return values.stream().map(Value::name).toList();
  }

  private static Value joined(LayerScope scope, ElementWiseVertex vertex, List<Value> from)
      throws UnsupportedNetwork {
    Value first = from.get(0);
    for (Value other : from) {
      if (!Arrays.equals(other.dims(), first.dims())) {
        throw scope.unsupported(
            "joining arrays of %s and %s"
                .formatted(Arrays.toString(first.dims()), Arrays.toString(other.dims())));
      }
    }
    String name =
        switch (vertex.getOp()) {
          case Add -> scope.add("Sum", names(from));
          case Average -> scope.add("Mean", names(from));
          case Max -> scope.add("Max", names(from));
          case Subtract -> scope.add("Sub", names(from));
          case Product -> {
            String product = first.name();
            for (Value factor : from.subList(1, from.size())) {
              product = scope.add("Mul", List.of(product, factor.name()));
            }
            yield product;
          }
        };
    return new Value(name, first.type());
  }

  /** Along the channels. */
  private static Value merged(LayerScope scope, MergeVertex vertex, List<Value> from)
      throws UnsupportedNetwork {
    Value first = from.get(0);
    int rank = first.rank();
    int axis = InputTypes.channelsLast(first.type()) ? rank : Value.CHANNELS;
    if (rank > 1 && vertex.getMergeAxis() != axis) {
      throw scope.unsupported("merging along dimension " + vertex.getMergeAxis());
    }
    long channels = 0;
    for (Value value : from) {
      if (value.rank() != rank) {
        throw scope.unsupported("merging arrays of different ranks");
      }
      channels += value.dims()[0];
    }
    return new Value(
        scope.add("Concat", names(from), Attributes.of("axis", Value.CHANNELS)),
        InputTypes.withChannels(first.type(), channels));
  }

  /** DL4J takes the part along its arrays' second dimension, whatever that is. */
  private static Value part(LayerScope scope, SubsetVertex vertex, Value from)
      throws UnsupportedNetwork {
    InputType type = from.type();
    if (InputTypes.channelsLast(type)) {
      throw scope.unsupported("a part of an array whose channels come last");
    }
    long end = vertex.getTo() + 1L;
    String name =
        scope.add(
            "Slice",
            List.of(
                from.name(),
                scope.integers("starts", vertex.getFrom()),
                scope.integers("ends", end),
                scope.integers("axes", Value.CHANNELS)));
    return new Value(name, InputTypes.withChannels(type, end - vertex.getFrom()));
  }

  private static Value ofUnitLength(LayerScope scope, L2NormalizeVertex vertex, Value from)
      throws UnsupportedNetwork {
    int[] along = vertex.getDimension();
    if (along != null && along.length > 0) {
      throw scope.unsupported("the norm along other than all of an example");
    }
    String norm =
        scope.add(
            "ReduceL2",
            from.name(),
            Attributes.ofAll("axes", LongStream.rangeClosed(1, from.rank()).toArray()),
            Attributes.of("keepdims", 1));
    String least = scope.number("least", vertex.getEps());
    String length = scope.add("Max", List.of(norm, least));
    return new Value(scope.add("Div", List.of(from.name(), length)), from.type());
  }
}
