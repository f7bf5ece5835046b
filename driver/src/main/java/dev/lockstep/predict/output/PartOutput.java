package dev.lockstep.predict.output;

import com.univocity.parsers.common.TextWritingException;
import com.univocity.parsers.csv.CsvWriter;
import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PicturePrediction;
import dev.lockstep.predict.PredictionSink;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One part of the output: predictions, and where there are such, lists of blank pages and of what
 * could not be read.
 */
public final class PartOutput implements PredictionSink, Closeable {
  private final PredictionOutput output;
  private final int generation;
  private final int chunk;
  private final Configuration hadoop;
  private final Path temporary;
  private final PartWriter predictions;
  private final ListFile blank = new ListFile("path");
  private final ListFile quarantine = new ListFile("path", "reason");

  /**
   * Starts it.
   *
   * @param chunk of the plan, which names the files
   */
  public PartOutput(
      PredictionOutput output, int generation, int chunk, PictureModel model, Configuration hadoop)
      throws IOException {
    this.output = output;
    this.generation = generation;
    this.chunk = chunk;
    this.hadoop = hadoop;
    temporary = output.temporary(generation);
    predictions = output.format().open(temporary, hadoop, model);
  }

  /** A table that comes into being with its first row. */
  private final class ListFile implements Closeable {
    private final String[] header;
    private Path written;
    private CsvWriter rows;

    ListFile(String... header) {
      this.header = header;
    }

    void add(Object... row) throws IOException {
      try {
        if (rows == null) {
          written = output.temporary(generation);
          rows = CsvPart.open(written, hadoop, header);
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

  @Override
  public void predicted(PicturePrediction prediction) throws IOException {
    try {
      predictions.write(prediction);
    } catch (TextWritingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void blank(PictureFile file) throws IOException {
    blank.add(file.path());
  }

  @Override
  public void quarantined(PictureFile file, String reason) throws IOException {
    quarantine.add(file.path(), reason);
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
