package dev.lockstep.report;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.strategy.Shards;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** What could not be read and was left out, as users see it. */
public final class LeftOut {
  private static final int SHOWN = 10;

  private LeftOut() {}

  /** Loads a data set to evaluate a model on, and tells what was left out. */
  public static Shards load(
      Console console, JavaSparkContext spark, DataSource source, Normalisation normalisation) {
    Shards shards = Shards.load(spark, source, spark.defaultParallelism(), normalisation);
    tell(console, spark, source, shards.examples());
    return shards;
  }

  /**
   * Tells how many examples were left out, and of the first ones why, after what else is to be told
   * of the data.
   *
   * @param read how many examples were not
   */
  public static void tell(Console console, JavaSparkContext spark, DataSource source, long read) {
    long rejected = source.count() - read;
    if (rejected == 0) {
      return;
    }
    source
        .rejects(spark)
        .take(SHOWN)
        .forEach(
            reject ->
                console.result(
                    "rejected",
                    Map.of("path", reject.path(), "reason", reject.reason()),
                    "not readable: %s %s".formatted(reject.path(), reject.reason())));
    console.result(
        "leftOut",
        Map.of("rejected", rejected, "examples", read),
        "%s of %s could not be read and were left out"
            .formatted(Figures.count(rejected), Figures.count(source.count())));
  }
}
