package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** Reads what joins layers in a graph. */
final class VertexReaders {
  private VertexReaders() {}

  /**
   * @return the number of the vertex's value
   */
  static int read(Reading reading, GraphVertex vertex, List<Integer> from)
      throws UnsupportedNetwork {
    Class<?> kind = vertex.getClass();
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
    Join.Kind kind =
        switch (vertex.getOp()) {
          case Add -> Join.Kind.SUM;
          case Subtract -> Join.Kind.DIFFERENCE;
          case Average -> Join.Kind.MEAN;
          default -> throw reading.unsupported("joining by " + vertex.getOp());
        };
    for (int other : from) {
      if (Shapes.length(reading.dims(other)) != Shapes.length(reading.dims(from.get(0)))) {
        throw reading.unsupported("joining arrays of different sizes");
      }
    }
    return reading.add(new Join(kind, Eltwise.NONE), reading.type(from.get(0)), from);
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
        new Placement(output, corners, Reading.channelsLast(first)),
        Reading.withChannels(first, channels),
        from);
  }
}
