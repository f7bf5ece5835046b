package dev.lockstep.report.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A protobuf message as its fields, read by the wire format alone: nothing here knows the classes
 * that wrote it.
 */
record Wire(List<Field> fields) {

  /** A field; the bits of a number, or the bytes of all else. */
  record Field(int number, long bits, byte[] bytes) {}

  static Wire of(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      int number = (int) (key >>> 3);
      switch ((int) (key & 7)) {
        case 0 -> fields.add(new Field(number, varint(in), null));
        case 1 -> fields.add(new Field(number, in.getLong(), null));
        case 2 -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          fields.add(new Field(number, 0, bytes));
        }
        case 5 -> fields.add(new Field(number, in.getInt(), null));
        default -> throw new AssertionError("wire type " + (key & 7));
      }
    }
    return new Wire(fields);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  Stream<Field> all(int number) {
    return fields.stream().filter(field -> field.number() == number);
  }

  private Optional<Field> first(int number) {
    return all(number).findFirst();
  }

  boolean has(int number) {
    return first(number).isPresent();
  }

  /** An absent number is 0, as in proto3. */
  long integer(int number) {
    return first(number).map(Field::bits).orElse(0L);
  }

  double real64(int number) {
    return Double.longBitsToDouble(integer(number));
  }

  float real32(int number) {
    return Float.intBitsToFloat((int) integer(number));
  }

  byte[] bytes(int number) {
    return first(number).map(Field::bytes).orElse(new byte[0]);
  }

  String text(int number) {
    return new String(bytes(number), StandardCharsets.UTF_8);
  }

  Wire message(int number) {
    return of(bytes(number));
  }

  List<Wire> messages(int number) {
    return all(number).map(field -> of(field.bytes())).toList();
  }

  /** A packed field of doubles. */
  List<Double> reals64(int number) {
    ByteBuffer in = ByteBuffer.wrap(bytes(number)).order(ByteOrder.LITTLE_ENDIAN);
    List<Double> values = new ArrayList<>();
    while (in.hasRemaining()) {
      values.add(in.getDouble());
    }
    return values;
  }
}
