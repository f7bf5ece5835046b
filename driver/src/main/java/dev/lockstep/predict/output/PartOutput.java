package dev.lockstep.predict.output;

import com.univocity.parsers.common.TextWritingException;
import com.univocity.parsers.csv.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One part of the output: predictions, and where there are such, lists of blank pages and of what
 * could not be read.
 */
public final class PartOutput implements Closeable {
  private final PredictionOutput output;
  private final int generation;
  private final int chunk;
  private final Configuration hadoop;
  private final Path temporary;
  private final PartWriter predictions;
  private final ListFile blank;
  private final ListFile quarantine;

  /**
   * Starts it.
   *
   * @param chunk of the plan, which names the files
   * @param columns of the predictions
   * @param names of columns that say which example is meant
   */
  public PartOutput(
      PredictionOutput output,
      int generation,
      int chunk,
      List<OutputColumn> columns,
      List<String> names,
      Configuration hadoop)
      throws IOException {
    this.output = output;
    this.generation = generation;
    this.chunk = chunk;
    this.hadoop = hadoop;
    temporary = output.temporary(generation);
    blank = new ListFile(names);
    List<String> reasoned = new ArrayList<>(names);
    reasoned.add("reason");
    quarantine = new ListFile(reasoned);
    predictions = output.format().open(temporary, hadoop, columns);
  }

  /** A table that comes into being with its first row. */
  private final class ListFile implements Closeable {
    private final List<String> header;
    private Path written;
    private CsvWriter rows;

    ListFile(List<String> header) {
      this.header = header;
    }

    void add(Object... row) throws IOException {
      try {
        if (rows == null) {
          written = output.temporary(generation);
          rows = CsvPart.open(written, hadoop, header.toArray(String[]::new));
        }
        rows.writeRow(row);
      } catch (TextWritingException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    void commit(Path target) {
      output.delete(target, hadoop);
      if (rows != null) {
        output.commit(written, target, hadoop);
      }
    }

    @Override
    public void close() {
      if (rows != null) {
        rows.close();
      }
    }
  }

  /**
   * Writes a prediction.
   *
   * @param values by column
   */
  public void predicted(Object... values) throws IOException {
    try {
      predictions.write(values);
    } catch (TextWritingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Lists an example in which there is nothing to predict. */
  public void blank(Object... names) throws IOException {
    blank.add(names);
  }

  /** Lists an example that cannot be read: what it is called, and why. */
  public void quarantined(Object... namesAndReason) throws IOException {
    quarantine.add(namesAndReason);
  }

  /** After {@link #close}, puts the files where they belong, instead of any of an earlier try. */
  public void commit() {
    output.commit(temporary, output.predictions(generation, chunk), hadoop);
    blank.commit(output.blank(generation, chunk));
    quarantine.commit(output.quarantine(generation, chunk));
  }

  @Override
  public void close() throws IOException {
    try (quarantine;
        blank) {
      predictions.close();
    }
  }
}
