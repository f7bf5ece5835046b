package dev.lockstep.ml;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleHash;
import dev.lockstep.data.Transport;
import dev.lockstep.table.RowSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Tells fits from each other: two that have the same give the same model, to the bit. */
final class FitIdentity {
  /** They change nothing of what is learnt. */
  private static final Set<String> OF_NO_EFFECT =
      Set.of(
          "checkpointDir",
          "checkpointEvery",
          "keep",
          "tensorBoardDir",
          "progress",
          "predictionCol",
          "probabilityCol",
          "rawPredictionCol",
          "predictedLabelCol",
          "thresholds",
          "reasonCol");

  private static final int LENGTH = 16;
  private static final int THIRD = 22;
  private static final long MASK = (1L << THIRD) - 1;

  private FitIdentity() {}

  /**
   * What data are.
   *
   * @param content of examples in whatever order
   * @param ordered of examples in their order
   */
  record DataHash(String content, String ordered) {}

  /** Reads all examples once. */
  static DataHash of(RowSource source, JavaSparkContext spark) {
    ExampleHash content = new ExampleHash();
    ExampleHash ordered = new ExampleHash();
    JavaRDD<List<ExampleHash>> parts =
        source
            .scan(spark)
            .mapPartitions(
                examples -> {
                  ExampleHash alone = new ExampleHash();
                  ExampleHash placed = new ExampleHash();
                  examples.forEachRemaining(
                      example -> {
                        alone.add(example);
                        placed.add(placed(example));
                      });
                  return List.of(List.of(alone, placed)).iterator();
                });
    for (List<ExampleHash> part : Transport.collect(parts)) {
      content.merge(part.get(0));
      ordered.merge(part.get(1));
    }
    return new DataHash(content.toString(), ordered.toString());
  }

  /** The same with its place as further targets, which float32 holds exactly in three parts. */
  private static Example placed(Example example) {
    int targets = example.target().length;
    float[] all = Arrays.copyOf(example.target(), targets + 3);
    for (int part = 0; part < 3; part++) {
      all[targets + part] = example.id() >>> part * THIRD & MASK;
    }
    return new Example(example.id(), example.features(), all);
  }

  /** Values of parameters by name, as JSON. */
  static Map<String, String> settings(Params params) {
    Map<String, String> settings = new TreeMap<>();
    for (Param<?> param : params.params()) {
      if (params.isDefined(param)) {
        settings.put(param.name(), json(params, param));
      }
    }
    return settings;
  }

  private static <T> String json(Params params, Param<T> param) {
    return param.jsonEncode(params.getOrDefault(param));
  }

  /** A name for a folder. */
  static String name(Map<String, String> settings, int workers, Object... more) {
    StringBuilder all = new StringBuilder().append(workers);
    settings.forEach(
        (name, value) -> {
          if (!OF_NO_EFFECT.contains(name)) {
            all.append('\n').append(name).append('=').append(value);
          }
        });
    for (Object part : more) {
      all.append('\n').append(part);
    }
    return DigestUtils.sha256Hex(all.toString()).substring(0, LENGTH);
  }
}
