package dev.lockstep.predict;

import com.univocity.parsers.common.TextWritingException;
import com.univocity.parsers.csv.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** One part of the output: predictions, and what could not be read where there is such. */
final class PartOutput implements PredictionSink, Closeable {
  private final PredictionOutput output;
  private final int generation;
  private final int chunk;
  private final Configuration hadoop;
  private final Path temporary;
  private final PartWriter predictions;
  private Path temporaryQuarantine;
  private CsvWriter quarantine;

  PartOutput(
      PredictionOutput output, int generation, int chunk, PictureModel model, Configuration hadoop)
      throws IOException {
    this.output = output;
    this.generation = generation;
    this.chunk = chunk;
    this.hadoop = hadoop;
    temporary = output.temporary(generation);
    predictions = output.format().open(temporary, hadoop, model);
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
  public void quarantined(PictureFile file, String reason) throws IOException {
    try {
      if (quarantine == null) {
        temporaryQuarantine = output.temporary(generation);
        quarantine = CsvPart.open(temporaryQuarantine, hadoop, "path", "reason");
      }
      quarantine.writeRow(file.path(), reason);
    } catch (TextWritingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** After {@link #close}, puts the files where they belong, instead of any of an earlier try. */
  void commit() {
    Path predicted = output.predictions(generation, chunk);
    Path quarantined = output.quarantine(generation, chunk);
    output.delete(quarantined, hadoop);
    output.commit(temporary, predicted, hadoop);
    if (quarantine != null) {
      output.commit(temporaryQuarantine, quarantined, hadoop);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      predictions.close();
    } finally {
      if (quarantine != null) {
        quarantine.close();
      }
    }
  }
}
