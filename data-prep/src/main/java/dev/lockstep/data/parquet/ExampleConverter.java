package dev.lockstep.data.parquet;

import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Values;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/** Makes examples of the values that Parquet finds in {@link ExampleColumns}. */
final class ExampleConverter extends RecordMaterializer<Example> {
  private final Numbers features;
  private final Numbers target;
  private final GroupConverter root;
  private byte[] bytes;
  private long id;

  ExampleConverter(Schema schema) {
    boolean asBytes = schema.featureType() == FeatureType.UINT8;
    boolean classification = schema.classes() > 0;
    features = new Numbers(asBytes ? 0 : schema.featureLength());
    target = new Numbers(classification ? 1 : schema.targets());
    Converter[] columns = {
      new Id(),
      asBytes ? new Pixels() : new Nested(new Nested(features)),
      classification ? target : new Nested(new Nested(target))
    };
    root = new Row(columns);
  }

  @Override
  public Example getCurrentRecord() {
    Values values = bytes == null ? new Values.Floats(features.take()) : new Values.Bytes(bytes);
    return new Example(id, values, target.take());
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private final class Id extends PrimitiveConverter {
    @Override
    public void addLong(long value) {
      id = value;
    }
  }

  private final class Pixels extends PrimitiveConverter {
    @Override
    public void addBinary(Binary value) {
      bytes = value.getBytes();
    }
  }

  /** Numbers one after the other; however many there are, so that a wrong number is noticed. */
  private static final class Numbers extends PrimitiveConverter {
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
    public void addInt(int value) {
      addFloat(value);
    }

    float[] take() {
      float[] taken = Arrays.copyOf(values, count);
      if (values.length > expected) {
        values = new float[expected];
      }
      count = 0;
      return taken;
    }
  }

  /** A group with one column. */
  private static final class Nested extends GroupConverter {
    private final Converter inner;

    Nested(Converter inner) {
      this.inner = inner;
    }

    @Override
    public Converter getConverter(int column) {
      return inner;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static final class Row extends GroupConverter {
    private final Converter[] columns;

    Row(Converter[] columns) {
      this.columns = columns;
    }

    @Override
    public Converter getConverter(int column) {
      return columns[column];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
