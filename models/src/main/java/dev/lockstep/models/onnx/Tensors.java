package dev.lockstep.models.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;
import onnx.Onnx.TensorProto;
import org.nd4j.shade.protobuf.ByteString;

/** Constant arrays, as ONNX stores them: little-endian, row-major. */
final class Tensors {
  private Tensors() {}

  private static TensorProto of(TensorProto.DataType type, ByteBuffer bytes, long... dims) {
    return TensorProto.newBuilder()
        .addAllDims(LongStream.of(dims).boxed().toList())
        .setDataType(type.getNumber())
        .setRawData(ByteString.copyFrom(bytes))
        .build();
  }

  private static ByteBuffer buffer(int values, int width) {
    return ByteBuffer.allocate(Math.multiplyExact(values, width)).order(ByteOrder.LITTLE_ENDIAN);
  }

  static TensorProto of(float[] values, long... dims) {
    ByteBuffer bytes = buffer(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return of(TensorProto.DataType.FLOAT, bytes, dims);
  }

  static TensorProto of(double[] values, long... dims) {
    ByteBuffer bytes = buffer(values.length, Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return of(TensorProto.DataType.DOUBLE, bytes, dims);
  }

  static TensorProto of(long[] values, long... dims) {
    ByteBuffer bytes = buffer(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return of(TensorProto.DataType.INT64, bytes, dims);
  }
}
