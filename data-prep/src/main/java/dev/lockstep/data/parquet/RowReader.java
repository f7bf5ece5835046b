package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Reads a range of rows, one row group in memory at a time. */
final class RowReader<T> implements Iterator<T>, AutoCloseable {
  private final RowRange range;
  private final ParquetFileReader file;
  private final MessageColumnIO columns;
  private final RecordMaterializer<T> materializer;
  private RecordReader<T> rows;
  private long next;
  private long groupEnd;

  /**
   * @param wanted the columns to read
   * @param materializers makes what is read of columns, beginning with the row of a number
   */
  RowReader(
      RowRange range,
      MessageType wanted,
      LongFunction<RecordMaterializer<T>> materializers,
      Configuration hadoop) {
    this.range = range;
    file = ParquetFile.open(range.part().path(), hadoop);
    try {
      MessageType stored = file.getFileMetaData().getSchema();
      columns = new ColumnIOFactory().getColumnIO(wanted, stored);
      file.setRequestedSchema(wanted);
      for (long rowsOf : range.part().rowGroups()) {
        if (groupEnd + rowsOf > range.from()) {
          break;
        }
        file.skipNextRowGroup();
        groupEnd += rowsOf;
      }
      next = groupEnd;
      materializer = materializers.apply(next);
      while (next < range.from()) {
        read();
      }
    } catch (DataError e) {
      close();
      throw e;
    } catch (RuntimeException e) {
      close();
      throw ParquetFile.unreadable(range.part().path(), e);
    }
  }

  @Override
  public boolean hasNext() {
    return next < range.to();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return read();
  }

  private T read() {
    try {
      while (next == groupEnd) {
        PageReadStore group = file.readNextRowGroup();
        rows = columns.getRecordReader(group, materializer);
        groupEnd += group.getRowCount();
      }
      next++;
      return rows.read();
    } catch (DataError e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ParquetFile.unreadable(range.part().path(), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw ParquetFile.unreadable(range.part().path(), e);
    }
  }
}
