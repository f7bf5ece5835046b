package dev.lockstep.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Saves parameters as Spark's own stages do, and beside them the model zip. */
final class LockstepModelWriter extends MLWriter {
  private final LockstepModel model;

  LockstepModelWriter(LockstepModel model) {
    this.model = model;
  }

  @Override
  @SuppressWarnings("deprecation") // What takes a session instead is not in Spark 3.5.
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
    try {
      model.stored().write(LockstepModelReader.zip(path), sc().hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: cannot be written: %s".formatted(path, e.getMessage()), e);
    }
  }
}
