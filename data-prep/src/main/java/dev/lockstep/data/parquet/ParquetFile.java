package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/**
 * One Parquet file, as its footer tells.
 *
 * @param path on any Hadoop file system
 * @param rowGroups how many rows each row group has
 * @param columns the file's columns, as Parquet writes them
 * @param partition columns that the file's folders are named by, with its values of them; a value
 *     may be null
 * @param gaps columns in which values are missing, or may be, as nothing is told of them
 * @param schema the schema that prepared files carry; null for others
 */
record ParquetFile(
    String path,
    List<Long> rowGroups,
    String columns,
    Map<String, String> partition,
    Set<String> gaps,
    String schema)
    implements Serializable {

  /**
   * Reads the footer.
   *
   * @throws DataError if the file is none of Parquet, or cannot be read
   */
  static ParquetFile read(String path, Map<String, String> partition, Configuration hadoop) {
    try (ParquetFileReader reader = open(path, hadoop)) {
      FileMetaData footer = reader.getFooter().getFileMetaData();
      String columns = footer.getSchema().toString();
      MessageTypeParser.parseMessageType(columns);
      return new ParquetFile(
          path,
          reader.getRowGroups().stream().map(BlockMetaData::getRowCount).toList(),
          columns,
          partition,
          gaps(reader, partition),
          footer.getKeyValueMetaData().get(ExampleColumns.SCHEMA));
    } catch (DataError e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  private static Set<String> gaps(ParquetFileReader reader, Map<String, String> partition) {
    Set<String> gaps = new HashSet<>();
    for (BlockMetaData rows : reader.getRowGroups()) {
      for (ColumnChunkMetaData column : rows.getColumns()) {
        Statistics<?> told = column.getStatistics();
        boolean none =
            column.getPrimitiveType().isRepetition(Type.Repetition.REQUIRED)
                || told != null && told.isNumNullsSet() && told.getNumNulls() == 0;
        if (!none && column.getPath().size() == 1) {
          gaps.add(column.getPath().toArray()[0]);
        }
      }
    }
    partition.forEach(
        (name, value) -> {
          if (value == null) {
            gaps.add(name);
          }
        });
    return gaps;
  }

  static ParquetFileReader open(String path, Configuration hadoop) {
    try {
      return ParquetFileReader.open(
          new StoredFile(new Path(path), hadoop),
          HadoopReadOptions.builder(hadoop).usePageChecksumVerification(true).build());
    } catch (IOException | RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  static DataError unreadable(String path, Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new DataError(
        "%s: cannot be read as Parquet: %s".formatted(DataFiles.name(path), cause.getMessage()), e);
  }

  /** Whether another file is of the same data set. */
  boolean like(ParquetFile other) {
    return Objects.equals(schema, other.schema)
        && columns.equals(other.columns)
        && partition.keySet().equals(other.partition.keySet());
  }

  /** The columns, or what they hold, on one line. */
  String describe() {
    String stored = (schema == null ? columns : schema).replaceAll("\\s+", " ").strip();
    return partition.isEmpty()
        ? stored
        : "%s, in folders of %s".formatted(stored, String.join("/", partition.keySet()));
  }

  long rows() {
    return rowGroups.stream().mapToLong(Long::longValue).sum();
  }
}
