package dev.lockstep.data.parquet;

import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/** Makes examples of the values that Parquet finds in {@link ExampleColumns}. */
final class ExampleConverter extends RecordMaterializer<Example> {
  private final Numbers features;
  private final Numbers target;
  private final Numbers weight;
  private final Pixels pixels = new Pixels();
  private final GroupConverter root;
  private long id;

  ExampleConverter(Schema schema) {
    boolean asBytes = schema.featureType() == FeatureType.UINT8;
    boolean classification = schema.classes() > 0;
    features = new Numbers(asBytes ? 0 : schema.featureLength());
    target = new Numbers(classification ? 1 : schema.targets());
    weight = new Numbers(schema.weighted() ? 1 : 0);
    List<Converter> columns = new ArrayList<>();
    columns.add(new Id());
    columns.add(asBytes ? pixels : ColumnGroup.list(features));
    columns.add(classification ? target : ColumnGroup.list(target));
    if (schema.weighted()) {
      columns.add(weight);
    }
    root = new ColumnGroup(columns);
  }

  @Override
  public Example getCurrentRecord() {
    byte[] bytes = pixels.take();
    Values values = bytes == null ? new Values.Floats(features.take()) : new Values.Bytes(bytes);
    return new Example(id, values, joined(target.take(), weight.take()));
  }

  private static float[] joined(float[] targets, float[] weights) {
    if (weights.length == 0) {
      return targets;
    }
    float[] both = Arrays.copyOf(targets, targets.length + weights.length);
    System.arraycopy(weights, 0, both, targets.length, weights.length);
    return both;
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

  /** Bytes of one row. */
  static final class Pixels extends PrimitiveConverter {
    private byte[] bytes;

    @Override
    public void addBinary(Binary value) {
      bytes = value.getBytes();
    }

    /** Those of the row, which ends here; null if it has none. */
    byte[] take() {
      byte[] taken = bytes;
      bytes = null;
      return taken;
    }
  }
}
