package dev.lockstep.data.parquet;

import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.Type;

/**
 * A vector of Spark ML as Spark writes it to Parquet (its {@code VectorUDT}): a type, 0 for sparse
 * and 1 for dense ones; of sparse ones the size and the indices; the values.
 */
final class VectorColumn extends GroupConverter {
  private static final List<String> FIELDS = List.of("type", "size", "indices", "values");

  private final Numbers type = new Numbers(1);
  private final Numbers size = new Numbers(1);
  private final Numbers indices = new Numbers(0);
  private final Numbers values = new Numbers(0);
  private final List<Converter> fields =
      List.of(type, size, ColumnGroup.list(indices, 2), ColumnGroup.list(values, 2));

  /** Whether a column has such vectors. */
  static boolean isVector(Type column) {
    return !column.isPrimitive()
        && column.asGroupType().getFields().stream().map(Type::getName).toList().equals(FIELDS);
  }

  /** The values of the row, which ends here, with zeros where a sparse vector has none. */
  float[] take() {
    float[] kind = type.take();
    float[] sizes = size.take();
    float[] at = indices.take();
    float[] dense = values.take();
    if (kind.length == 0 || kind[0] != 0) {
      return dense;
    }
    float[] all = new float[(int) sizes[0]];
    for (int i = 0; i < at.length; i++) {
      all[(int) at[i]] = dense[i];
    }
    return all;
  }

  @Override
  public Converter getConverter(int field) {
    return fields.get(field);
  }

  @Override
  public void start() {}

  @Override
  public void end() {}
}
