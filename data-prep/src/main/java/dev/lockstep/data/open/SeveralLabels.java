package dev.lockstep.data.open;

import dev.lockstep.data.ChangedSource;
import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Data each of whose examples may have several labels: nothing but 0 and 1 is to be learnt.
 *
 * @param check what is looked at in every example that is read
 */
record SeveralLabels(DataSource data, Check check) implements ChangedSource {
  private static final int FEWEST = 2;

  /**
   * Looks whether there are several labels; at their values, when they are read.
   *
   * @param location for messages
   * @throws DataError if there are classes, or one number
   */
  static SeveralLabels of(DataSource data, String location) {
    int labels = data.schema().targets();
    if (labels < FEWEST) {
      throw new DataError(
          "%s: --task multi-label: expected several columns of 0 and 1 as labels, found %s"
              .formatted(
                  DataFiles.name(location), labels == 0 ? "classes" : "one column of numbers"));
    }
    List<String> names = data.labels().size() == labels ? data.labels() : Schema.numbered(labels);
    return new SeveralLabels(data, new Check(DataFiles.name(location), List.copyOf(names)));
  }

  /** Finds values that are neither 0 nor 1. */
  record Check(String location, List<String> labels) implements Serializable {
    Example passed(Example example) {
      for (int i = 0; i < labels.size(); i++) {
        expect(example.target()[i], i, example.id());
      }
      return example;
    }

    Examples passed(Examples examples) {
      for (int index = 0; index < examples.size(); index++) {
        for (int i = 0; i < labels.size(); i++) {
          expect(examples.target(index, i), i, examples.id(index));
        }
      }
      return examples;
    }

    private void expect(float value, int label, long id) {
      if (value != 0 && value != 1) {
        throw new DataError(
            "%s: example %,d: expected 0 or 1 for the label %s, found %s"
                .formatted(location, id + 1, labels.get(label), value));
      }
    }
  }

  @Override
  public Schema schema() {
    return data.schema();
  }

  @Override
  public JavaRDD<Example> changed(JavaRDD<Example> examples) {
    Check each = check;
    return examples.map(each::passed);
  }

  @Override
  public Optional<JavaRDD<Examples>> undecoded(
      JavaSparkContext spark, int workers, ClassCoding coding) {
    Check each = check;
    return data.undecoded(spark, workers, coding).map(shares -> shares.map(each::passed));
  }

  @Override
  public Optional<String> contentHash() {
    return data.contentHash();
  }
}
