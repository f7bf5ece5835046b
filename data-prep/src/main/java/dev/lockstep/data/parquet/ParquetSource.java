package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Prepared Parquet files. The driver knows their footers; each task reads the row groups of its own
 * range of rows, one at a time.
 */
final class ParquetSource implements DataSource {
  private final List<ParquetPart> parts;
  private final Schema schema;

  private ParquetSource(List<ParquetPart> parts, Schema schema) {
    this.parts = parts;
    this.schema = schema;
  }

  /**
   * Reads all footers, by tasks.
   *
   * @throws DataError if a file is none of Parquet, was not prepared, or differs from the first
   */
  static ParquetSource open(JavaSparkContext spark, List<FileStatus> files) {
    List<String> paths = files.stream().map(file -> file.getPath().toString()).toList();
    List<ParquetPart> parts =
        spark
            .parallelize(paths, paths.size())
            .map(path -> ParquetPart.read(path, SparkHadoopUtil.get().conf()))
            .collect();
    ParquetPart first = parts.get(0);
    for (ParquetPart part : parts) {
      if (part.schema() == null || !part.schema().equals(first.schema())) {
        throw new DataError(
            "%s: expected a schema %s in the footer, found %s"
                .formatted(DataFiles.name(part.path()), first.schema(), part.schema()));
      }
    }
    try {
      return new ParquetSource(parts, ExampleColumns.fromJson(first.schema()));
    } catch (IOException e) {
      throw ParquetPart.unreadable(first.path(), e);
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long count() {
    return parts.stream().mapToLong(ParquetPart::rows).sum();
  }

  @Override
  public List<String> paths() {
    return parts.stream().map(ParquetPart::path).toList();
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    List<List<RowRange>> tasks =
        IntStream.range(0, partitions)
            .mapToObj(i -> ranges(boundary(i, partitions), boundary(i + 1, partitions)))
            .toList();
    Schema schema = this.schema;
    return spark
        .parallelize(tasks, partitions)
        .flatMap(List::iterator)
        .flatMap(range -> read(range, schema));
  }

  private long boundary(int partition, int partitions) {
    return Math.multiplyExact(count(), (long) partition) / partitions;
  }

  /** The rows numbered {@code from} to {@code to} − 1 over all files. */
  private List<RowRange> ranges(long from, long to) {
    List<RowRange> ranges = new ArrayList<>();
    long start = 0;
    for (ParquetPart part : parts) {
      long first = Math.max(0, from - start);
      long end = Math.min(part.rows(), to - start);
      if (first < end) {
        ranges.add(new RowRange(part, first, end));
      }
      start += part.rows();
    }
    return ranges;
  }

  private static Iterator<Example> read(RowRange range, Schema schema) {
    RowReader reader =
        new RowReader(range, new ExampleConverter(schema), SparkHadoopUtil.get().conf());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> reader.close());
    return reader;
  }
}
