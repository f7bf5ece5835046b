package dev.lockstep.report;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.report.ContactSheet.Thumbnail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** A few pictures of each class of a data set: those that come first in it. */
public final class SampleSheet {
  private static final int ALL = 200;
  private static final int OF_A_CLASS = 10;
  private static final int WHITE = 255;

  private SampleSheet() {}

  /**
   * Looks at all of the data set.
   *
   * @throws DataError if it is no pictures of classes
   */
  public static ContactSheet of(JavaSparkContext spark, DataSource source) {
    Schema schema = source.schema();
    if (schema.picture().isEmpty() || schema.classes() == 0) {
      throw new DataError(
          "only pictures [height, width] or [3, height, width] of classes can be drawn, not features %s: leave out --plot"
              .formatted(schema.featureShape()));
    }
    int each = Math.max(1, Math.min(OF_A_CLASS, ALL / schema.classes()));
    List<Example> samples =
        first(
            source
                .scan(spark)
                .mapPartitions(part -> first(part, each).iterator())
                .collect()
                .iterator(),
            each);
    return new ContactSheet(
        samples.stream().limit(ALL).map(example -> thumbnail(schema, example)).toList());
  }

  /** By class, and of each class by id. */
  private static List<Example> first(Iterator<Example> examples, int each) {
    Map<Integer, List<Example>> byClass = new TreeMap<>();
    while (examples.hasNext()) {
      Example example = examples.next();
      List<Example> kept =
          byClass.computeIfAbsent((int) example.target()[0], unused -> new ArrayList<>());
      kept.add(example);
      kept.sort(Comparator.comparingLong(Example::id));
      if (kept.size() > each) {
        kept.remove(each);
      }
    }
    return byClass.values().stream().flatMap(List::stream).toList();
  }

  private static Thumbnail thumbnail(Schema schema, Example example) {
    float[] values = new float[schema.featureLength()];
    example.features().copyTo(values);
    return new Thumbnail(
        levels(schema, values),
        schema.picture().orElseThrow(),
        schema.classNames().get((int) example.target()[0]));
  }

  /** Levels; numbers other than bytes from black, the least of the picture, to white. */
  static byte[] levels(Schema schema, float[] values) {
    float min = 0;
    float max = WHITE;
    if (schema.featureType() != Schema.FeatureType.UINT8) {
      min = Float.POSITIVE_INFINITY;
      max = Float.NEGATIVE_INFINITY;
      for (float value : values) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    byte[] levels = new byte[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.round(WHITE * (values[i] - min) / (max > min ? max - min : 1));
    }
    return levels;
  }
}
