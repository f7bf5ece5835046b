package dev.lockstep.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Saves a stage of Spark's kind, and beside it the one of Lockstep's that it stands for. */
final class WrapperWriter extends MLWriter {
  private static final String INSIDE = "lockstep";

  private final Params stage;
  private final MLWritable inside;

  WrapperWriter(Params stage, MLWritable inside) {
    this.stage = stage;
    this.inside = inside;
  }

  /** Where that is. */
  static String inside(String path) {
    return new Path(path, INSIDE).toString();
  }

  @Override
  @SuppressWarnings("deprecation") // What takes a session instead is not in Spark 3.5.
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(stage, path, sc(), Option.empty(), Option.empty());
    try {
      inside.write().save(inside(path));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: cannot be written: %s".formatted(path, e.getMessage()), e);
    }
  }
}
