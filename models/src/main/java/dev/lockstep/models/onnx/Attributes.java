package dev.lockstep.models.onnx;

import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import org.nd4j.shade.protobuf.ByteString;

/** Attributes of nodes. */
final class Attributes {
  private Attributes() {}

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  static AttributeProto of(String name, long value) {
    return named(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto of(String name, float value) {
    return named(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto of(String name, String value) {
    return named(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto ofAll(String name, long... values) {
    return named(name, AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList())
        .build();
  }

  static AttributeProto ofAll(String name, Float... values) {
    return named(name, AttributeType.FLOATS).addAllFloats(List.of(values)).build();
  }

  static AttributeProto ofAll(String name, String... values) {
    return named(name, AttributeType.STRINGS)
        .addAllStrings(List.of(values).stream().map(ByteString::copyFromUtf8).toList())
        .build();
  }
}
