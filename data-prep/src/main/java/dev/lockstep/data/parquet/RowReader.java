package dev.lockstep.data.parquet;

import dev.lockstep.data.Example;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordMaterializer;

/** Reads a range of rows, one row group in memory at a time. */
final class RowReader implements Iterator<Example>, AutoCloseable {
  private final RowRange range;
  private final ParquetFileReader file;
  private final MessageColumnIO columns;
  private final RecordMaterializer<Example> examples;
  private RecordReader<Example> rows;
  private long next;
  private long groupEnd;

  RowReader(RowRange range, RecordMaterializer<Example> examples, Configuration hadoop) {
    this.range = range;
    this.examples = examples;
    file = ParquetPart.open(range.part().path(), hadoop);
    columns = new ColumnIOFactory().getColumnIO(file.getFileMetaData().getSchema());
    try {
      for (long rowsOf : range.part().rowGroups()) {
        if (groupEnd + rowsOf > range.from()) {
          break;
        }
        file.skipNextRowGroup();
        groupEnd += rowsOf;
      }
      next = groupEnd;
      while (next < range.from()) {
        read();
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return next < range.to();
  }

  @Override
  public Example next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return read();
  }

  private Example read() {
    try {
      while (next == groupEnd) {
        PageReadStore group = file.readNextRowGroup();
        rows = columns.getRecordReader(group, examples);
        groupEnd += group.getRowCount();
      }
      next++;
      return rows.read();
    } catch (IOException | RuntimeException e) {
      throw ParquetPart.unreadable(range.part().path(), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw ParquetPart.unreadable(range.part().path(), e);
    }
  }
}
