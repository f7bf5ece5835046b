package dev.lockstep.ml;

import dev.lockstep.spark.SparkVersion;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Loads what {@link LockstepModelWriter} saves. */
final class LockstepModelReader extends MLReader<LockstepModel> {
  private static final String ZIP = "model.zip";

  /** Where the model zip of a saved stage is. */
  static String zip(String path) {
    return new Path(path, ZIP).toString();
  }

  @Override
  @SuppressWarnings("deprecation") // What takes a session instead is not in Spark 3.5.
  public LockstepModel load(String path) {
    SparkVersion.expectMatch();
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), LockstepModel.class.getName());
    StoredModel stored = StoredModel.read(zip(path), sc().hadoopConfiguration());
    LockstepModel model = new LockstepModel(metadata.uid(), stored);
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }
}
