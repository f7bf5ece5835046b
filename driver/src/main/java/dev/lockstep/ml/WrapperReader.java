package dev.lockstep.ml;

import dev.lockstep.spark.SparkVersion;
import java.util.function.BiFunction;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Loads what {@link WrapperWriter} saves. */
final class WrapperReader<S extends Params> extends MLReader<S> {
  private final Class<S> type;
  private final BiFunction<String, String, S> maker;

  /**
   * @param maker of a stage's uid, and the path of what it stands for
   */
  WrapperReader(Class<S> type, BiFunction<String, String, S> maker) {
    this.type = type;
    this.maker = maker;
  }

  @Override
  @SuppressWarnings("deprecation") // What takes a session instead is not in Spark 3.5.
  public S load(String path) {
    SparkVersion.expectMatch();
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), type.getName());
    S stage = maker.apply(metadata.uid(), WrapperWriter.inside(path));
    metadata.getAndSetParams(stage, Option.empty());
    return stage;
  }
}
