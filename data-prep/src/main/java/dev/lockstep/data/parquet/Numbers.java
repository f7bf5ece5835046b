package dev.lockstep.data.parquet;

import java.util.Arrays;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * Numbers of one row, one after the other; however many there are, so that a wrong number shows.
 */
final class Numbers extends PrimitiveConverter {
  private final int expected;
  private float[] values;
  private int count;

  Numbers(int expected) {
    this.expected = expected;
    values = new float[expected];
  }

  @Override
  public void addFloat(float value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count + 1);
    }
    values[count++] = value;
  }

  @Override
  public void addDouble(double value) {
    addFloat((float) value);
  }

  @Override
  public void addInt(int value) {
    addFloat(value);
  }

  @Override
  public void addLong(long value) {
    addFloat(value);
  }

  @Override
  public void addBoolean(boolean value) {
    addFloat(value ? 1 : 0);
  }

  /** Those of the row, which ends here. */
  float[] take() {
    float[] taken = Arrays.copyOf(values, count);
    if (values.length > expected) {
      values = new float[expected];
    }
    count = 0;
    return taken;
  }
}
