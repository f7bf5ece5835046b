package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

/** Reads what joins layers in a graph. */
final class VertexReaders {
  private VertexReaders() {}

  /**
   * @return the number of the vertex's value
   */
  static int read(Reading reading, GraphVertex vertex, List<Integer> from)
      throws UnsupportedNetwork {
    if (vertex instanceof FrozenVertex frozen) { // What is before it is frozen itself.
      return read(reading, frozen.getUnderlying(), from);
    }
    Class<?> kind = vertex.getClass();
    for (int other : from) {
      if (!Objects.equals(reading.mask(other), reading.mask(from.get(0)))) {
        throw reading.unsupported("sequences with masks of different inputs");
      }
    }
    if (kind == SubsetVertex.class) {
      return subset(reading, (SubsetVertex) vertex, from.get(0));
    }
    if (kind == L2NormalizeVertex.class) {
      return unitLength(reading, (L2NormalizeVertex) vertex, from.get(0));
    }
    if (kind == ElementWiseVertex.class) {
      return join(reading, (ElementWiseVertex) vertex, from);
    }
    if (kind == MergeVertex.class) {
      return merge(reading, from);
    }
    if (kind == PreprocessorVertex.class) {
      return PreProcessors.read(
          reading, ((PreprocessorVertex) vertex).getPreProcessor(), from.get(0));
    }
    if (kind == ScaleVertex.class) {
      float factor = (float) ((ScaleVertex) vertex).getScaleFactor();
      return reading.add(new Linear(factor, 0), reading.type(from.get(0)), from);
    }
    if (kind == ShiftVertex.class) {
      float shift = (float) ((ShiftVertex) vertex).getShiftFactor();
      return reading.add(new Linear(1, shift), reading.type(from.get(0)), from);
    }
    throw reading.unsupported("this type of vertex");
  }

  private static int join(Reading reading, ElementWiseVertex vertex, List<Integer> from)
      throws UnsupportedNetwork {
    for (int other : from) {
      if (Shapes.length(reading.dims(other)) != Shapes.length(reading.dims(from.get(0)))) {
        throw reading.unsupported("joining arrays of different sizes");
      }
    }
    Operation operation =
        switch (vertex.getOp()) {
          case Add -> new Join(Join.Kind.SUM, Eltwise.NONE);
          case Subtract -> new Join(Join.Kind.DIFFERENCE, Eltwise.NONE);
          case Average -> new Join(Join.Kind.MEAN, Eltwise.NONE);
          case Product -> new Selection(Selection.Kind.PRODUCT);
          case Max -> new Selection(Selection.Kind.LARGEST);
        };
    return reading.add(operation, reading.type(from.get(0)), from);
  }

  /** DL4J takes the part along its arrays' second dimension, whatever that is. */
  private static int subset(Reading reading, SubsetVertex vertex, int from)
      throws UnsupportedNetwork {
    InputType type = reading.type(from);
    if (InputTypes.channelsLast(type)) {
      throw reading.unsupported("a part of an array whose channels come last");
    }
    long[] input = reading.dims(from);
    long[] output = input.clone();
    output[0] = vertex.getTo() - vertex.getFrom() + 1L;
    long[] corner = new long[input.length];
    corner[0] = vertex.getFrom();
    return reading.add(
        new Excerpt(input, output, corner, false), InputTypes.withChannels(type, output[0]), from);
  }

  private static int unitLength(Reading reading, L2NormalizeVertex vertex, int from)
      throws UnsupportedNetwork {
    int[] along = vertex.getDimension();
    if (along != null && along.length > 0 || reading.mask(from) != null) {
      throw reading.unsupported("the norm along other than all of an example");
    }
    return reading.add(new UnitLength((float) vertex.getEps()), reading.type(from), from);
  }

  /** Along the channels. */
  static int merge(Reading reading, List<Integer> from) throws UnsupportedNetwork {
    List<long[]> corners = new ArrayList<>();
    InputType first = reading.type(from.get(0));
    long channels = 0;
    for (int input : from) {
      long[] dims = reading.dims(input);
      if (dims.length != reading.dims(from.get(0)).length) {
        throw reading.unsupported("merging arrays of different ranks");
      }
      long[] corner = new long[dims.length];
      corner[0] = channels;
      corners.add(corner);
      channels += dims[0];
    }
    long[] output = reading.dims(from.get(0)).clone();
    output[0] = channels;
    return reading.add(
        new Concatenation(output, corners, InputTypes.channelsLast(first)),
        InputTypes.withChannels(first, channels),
        from);
  }
}
