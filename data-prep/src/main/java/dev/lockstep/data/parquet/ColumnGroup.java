package dev.lockstep.data.parquet;

import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.Type;

/** Columns of a row, or what is nested in one of them. */
final class ColumnGroup extends GroupConverter {
  private final List<Converter> columns;

  ColumnGroup(List<Converter> columns) {
    this.columns = List.copyOf(columns);
  }

  /** A list of numbers, as Parquet nests them. */
  static ColumnGroup list(Numbers numbers) {
    return list(numbers, 2);
  }

  /** Numbers in so many groups around each other: two for each list. */
  static ColumnGroup list(Numbers numbers, int depth) {
    ColumnGroup group = new ColumnGroup(List.of(numbers));
    for (int i = 1; i < depth; i++) {
      group = new ColumnGroup(List.of(group));
    }
    return group;
  }

  /** In how many groups a column's values are. */
  static int depth(Type column) {
    return column.isPrimitive() ? 0 : 1 + depth(column.asGroupType().getType(0));
  }

  @Override
  public Converter getConverter(int column) {
    return columns.get(column);
  }

  @Override
  public void start() {}

  @Override
  public void end() {}
}
