package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.TaskCompletionListener;

/** Files of the same columns, whose rows are numbered through. */
record ParquetParts(List<ParquetFile> parts) implements Serializable {
  private static final int MAX_TASKS = 500;

  /** What a task makes of rows. */
  interface Reading<T> extends Serializable {
    /**
     * Begins a range of rows.
     *
     * @param columns that were asked for
     * @param firstRow the number of the first row that will be seen, within the file
     */
    RecordMaterializer<T> materializer(MessageType columns, RowRange range, long firstRow);
  }

  /**
   * Reads all footers, by tasks.
   *
   * @throws DataError if a file is none of Parquet, or its columns differ from the first's
   */
  static ParquetParts open(JavaSparkContext spark, List<FileStatus> files) {
    return open(spark, files, null);
  }

  /**
   * The same of files in folders that are named by columns and their values.
   *
   * @param root of the table; null if there are no such folders
   */
  static ParquetParts open(JavaSparkContext spark, List<FileStatus> files, Path root) {
    List<String> paths = files.stream().map(file -> file.getPath().toString()).toList();
    String top = root == null ? null : root.toString();
    List<ParquetFile> parts =
        Transport.map(
            spark,
            paths,
            Math.min(paths.size(), MAX_TASKS),
            path ->
                ParquetFile.read(
                    path,
                    top == null ? Map.of() : Partitions.values(new Path(path), new Path(top)),
                    SparkHadoopUtil.get().conf()));
    ParquetFile first = parts.get(0);
    for (ParquetFile part : parts) {
      if (!part.like(first)) {
        throw new DataError(
            "%s: expected the columns of %s: %s, found %s"
                .formatted(
                    DataFiles.name(part.path()),
                    DataFiles.name(first.path()),
                    first.describe(),
                    part.describe()));
      }
    }
    return new ParquetParts(parts);
  }

  ParquetFile first() {
    return parts.get(0);
  }

  /** The columns of the files, and those of their folders after them. */
  MessageType columns() {
    MessageType stored = MessageTypeParser.parseMessageType(first().columns());
    List<Type> all = new ArrayList<>(stored.getFields());
    first().partition().keySet().stream()
        .filter(name -> !stored.containsField(name))
        .map(this::folders)
        .forEach(all::add);
    return new MessageType(stored.getName(), all);
  }

  private Type folders(String name) {
    boolean numbers =
        parts.stream()
            .map(part -> part.partition().get(name))
            .allMatch(value -> value == null || Cell.isNumber(value));
    return numbers
        ? Types.optional(PrimitiveTypeName.DOUBLE).named(name)
        : Types.optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(name);
  }

  /** What of these the files have. */
  MessageType stored(MessageType columns) {
    return new MessageType(
        columns.getName(),
        columns.getFields().stream()
            .filter(column -> !first().partition().containsKey(column.getName()))
            .toList());
  }

  long count() {
    return parts.stream().mapToLong(ParquetFile::rows).sum();
  }

  List<String> paths() {
    return parts.stream().map(ParquetFile::path).toList();
  }

  /** All rows in their order, in partitions whose sizes differ by at most one. */
  <T> JavaRDD<T> read(
      JavaSparkContext spark, int partitions, MessageType columns, Reading<T> reading) {
    List<List<RowRange>> tasks =
        IntStream.range(0, partitions)
            .mapToObj(i -> ranges(boundary(i, partitions), boundary(i + 1, partitions)))
            .toList();
    String wanted = stored(columns).toString();
    return Transport.parallelize(spark, tasks, partitions)
        .flatMap(List::iterator)
        .flatMap(range -> read(range, wanted, reading));
  }

  private static <T> RowReader<T> read(RowRange range, String wanted, Reading<T> reading) {
    MessageType columns = MessageTypeParser.parseMessageType(wanted);
    RowReader<T> reader =
        new RowReader<>(
            range,
            columns,
            firstRow -> reading.materializer(columns, range, firstRow),
            SparkHadoopUtil.get().conf());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> reader.close());
    return reader;
  }

  private long boundary(int partition, int partitions) {
    long count = count();
    return count / partitions * partition + count % partitions * partition / partitions;
  }

  /** The rows numbered {@code from} to {@code to} − 1 over all files. */
  private List<RowRange> ranges(long from, long to) {
    List<RowRange> ranges = new ArrayList<>();
    long start = 0;
    for (ParquetFile part : parts) {
      long first = Math.max(0, from - start);
      long end = Math.min(part.rows(), to - start);
      if (first < end) {
        ranges.add(new RowRange(part, start, first, end));
      }
      start += part.rows();
    }
    return ranges;
  }
}
