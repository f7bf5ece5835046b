package dev.lockstep.data;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A few examples held in memory, dealt to partitions in turn: points sorted by x then come to each
 * partition from the whole range, where contiguous runs would give each a different function.
 */
public record Points(Schema schema, List<Example> examples) implements DataSource {

  public Points {
    examples = List.copyOf(examples);
  }

  /** One input, one target each; ids are positions. */
  public static Points of(float[] x, float[] y) {
    return new Points(
        Schema.regression(1, 1),
        IntStream.range(0, x.length)
            .mapToObj(i -> Example.point(i, new float[] {x[i]}, y[i]))
            .toList());
  }

  @Override
  public long count() {
    return examples.size();
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    return Deal.of(spark, examples, partitions);
  }
}
