package dev.lockstep.models.onnx;

import java.util.List;
import java.util.Locale;
import onnx.Onnx.TensorProto;

/**
 * An array that an ONNX model takes or gives.
 *
 * @param shape each dimension's size, or the name of one that may have any: {@code batch}, and, of
 *     sequences, {@code features_steps}
 */
public record ModelTensor(String name, Type type, List<String> shape) {
  /** What the values are. */
  public enum Type {
    FLOAT32(TensorProto.DataType.FLOAT),
    /** Unsigned bytes, as pixels come. */
    UINT8(TensorProto.DataType.UINT8);

    private final TensorProto.DataType type;

    Type(TensorProto.DataType type) {
      this.type = type;
    }

    int number() {
      return type.getNumber();
    }
  }

  public ModelTensor {
    shape = List.copyOf(shape);
  }

  /** As in {@code features float32 [batch, 784]}. */
  @Override
  public String toString() {
    return "%s %s [%s]"
        .formatted(name, type.name().toLowerCase(Locale.ROOT), String.join(", ", shape));
  }
}
