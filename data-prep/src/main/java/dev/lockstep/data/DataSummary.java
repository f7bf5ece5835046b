package dev.lockstep.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** What can be said of a data set after looking at each example once; a few numbers a feature. */
public final class DataSummary implements Serializable {
  private final ExampleHash hash = new ExampleHash();
  private final FeatureStatistics features;
  private final FeatureStatistics targets;
  private final long[] classCounts;
  private final int width;
  private long examples;

  /** Of no examples yet. */
  public DataSummary(Schema schema) {
    features = new FeatureStatistics(schema);
    targets = new FeatureStatistics(Schema.regression(Math.max(1, schema.targets()), 1));
    classCounts = new long[schema.classes()];
    width = schema.targets();
  }

  /** Of all examples; partitions are merged in their order. */
  public static DataSummary of(Schema schema, JavaRDD<Example> examples) {
    return Transport.collect(examples.mapPartitions(part -> List.of(of(schema, part)).iterator()))
        .stream()
        .reduce(new DataSummary(schema), DataSummary::merge);
  }

  private static DataSummary of(Schema schema, Iterator<Example> examples) {
    DataSummary summary = new DataSummary(schema);
    examples.forEachRemaining(summary::add);
    return summary;
  }

  /** Takes in one example. */
  public void add(Example example) {
    examples++;
    hash.add(example);
    features.add(example.features());
    if (classCounts.length > 0) {
      classCounts[(int) example.target()[0]]++;
    } else {
      targets.add(new Values.Floats(Arrays.copyOf(example.target(), width)));
    }
  }

  /** Takes in what another has seen. */
  public DataSummary merge(DataSummary other) {
    examples += other.examples;
    hash.merge(other.hash);
    features.merge(other.features);
    targets.merge(other.targets);
    for (int c = 0; c < classCounts.length; c++) {
      classCounts[c] += other.classCounts[c];
    }
    return this;
  }

  /** How many examples. */
  public long examples() {
    return examples;
  }

  /** How many of each class, by class number; empty for regression. */
  public List<Long> classCounts() {
    return Arrays.stream(classCounts).boxed().toList();
  }

  /** One for each column of a table, one for each channel of pictures. */
  public List<FeatureStatistics.Feature> features() {
    return features.features();
  }

  /** One for each regression target; empty for classification. */
  public List<FeatureStatistics.Feature> targets() {
    return classCounts.length > 0 ? List.of() : targets.features();
  }

  /** The order-independent {@link ExampleHash} of all examples, in hexadecimal. */
  public String hash() {
    return hash.toString();
  }
}
