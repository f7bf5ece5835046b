package dev.lockstep.data.parquet;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Prepared Parquet files. The driver knows their footers; each task reads the row groups of its own
 * range of rows, one at a time.
 */
final class ParquetSource implements DataSource {
  private final ParquetParts parts;
  private final Schema schema;

  private ParquetSource(ParquetParts parts, Schema schema) {
    this.parts = parts;
    this.schema = schema;
  }

  static ParquetSource open(ParquetParts parts) {
    try {
      return new ParquetSource(parts, ExampleColumns.fromJson(parts.first().schema()));
    } catch (IOException e) {
      throw ParquetFile.unreadable(parts.first().path(), e);
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long count() {
    return parts.count();
  }

  @Override
  public List<String> paths() {
    return parts.paths();
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    Schema schema = this.schema;
    return parts.read(
        spark,
        partitions,
        ExampleColumns.of(schema),
        (columns, range, firstRow) -> new ExampleConverter(schema));
  }
}
