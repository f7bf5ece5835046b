package dev.lockstep.data.idx;

import dev.lockstep.data.Schema.FeatureType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an IDX file's values are, all big-endian. */
enum ElementType {
  UINT8(0x08, 1),
  INT8(0x09, 1),
  INT16(0x0b, 2),
  INT32(0x0c, 4),
  FLOAT32(0x0d, 4),
  FLOAT64(0x0e, 8);

  private final int code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  static Optional<ElementType> of(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** All codes, for messages. */
  static String codes() {
    return Arrays.stream(values())
        .map(type -> "0x%02x".formatted(type.code))
        .collect(Collectors.joining(", "));
  }

  /** How many bytes one value has. */
  int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return this != FLOAT32 && this != FLOAT64;
  }

  /** How an example holds such values: unsigned bytes as they are, others as float32. */
  FeatureType featureType() {
    return this == UINT8 ? FeatureType.UINT8 : FeatureType.FLOAT32;
  }

  /** The value that begins at a place of a buffer; exact. */
  double number(ByteBuffer item, int at) {
    return switch (this) {
      case UINT8 -> item.get(at) & 0xff;
      case INT8 -> item.get(at);
      case INT16 -> item.getShort(at);
      case INT32 -> item.getInt(at);
      case FLOAT32 -> item.getFloat(at);
      case FLOAT64 -> item.getDouble(at);
    };
  }
}
