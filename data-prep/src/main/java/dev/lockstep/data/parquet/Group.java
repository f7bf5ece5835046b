package dev.lockstep.data.parquet;

import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;

/** Columns of a row, or what is nested in one of them. */
final class Group extends GroupConverter {
  private final List<Converter> columns;

  Group(List<Converter> columns) {
    this.columns = List.copyOf(columns);
  }

  /** A list of numbers, as Parquet nests them. */
  static Group list(Numbers numbers) {
    return new Group(List.of(new Group(List.of(numbers))));
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
