package dev.lockstep.cli;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.csv.CsvTable;
import dev.lockstep.models.network.ClassWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/** What {@code --class-weights} says: {@code balanced}, or a file of classes and their weights. */
record ClassWeightsChoice(String text) {
  private static final String BALANCED = "balanced";

  /**
   * The weights for data.
   *
   * @throws DataError if data has no classes, or the file does not name each once
   */
  ClassWeights of(JavaSparkContext spark, DataSource data) {
    List<String> names = data.schema().classNames();
    if (names.isEmpty()) {
      throw new DataError("--class-weights: the labels are numbers, not classes");
    }
    return text.equalsIgnoreCase(BALANCED)
        ? ClassWeights.balanced(data.classCounts(spark), names)
        : fromFile(spark, names);
  }

  private ClassWeights fromFile(JavaSparkContext spark, List<String> names) {
    Double[] weights = new Double[names.size()];
    for (CsvTable.Line line : CsvTable.read(text, spark.hadoopConfiguration())) {
      if (line.values().size() != 2) {
        throw new DataError(
            "%s: expected a class and its weight, found %d values"
                .formatted(line.where(), line.values().size()));
      }
      int number = names.indexOf(line.values().get(0));
      if (number < 0) {
        throw new DataError(
            "%s: expected a class (%s), found '%s'"
                .formatted(line.where(), String.join(", ", names), line.values().get(0)));
      }
      weights[number] = (double) CsvTable.numbers(line.where(), line.values().subList(1, 2))[0];
      if (!(weights[number] > 0)) {
        throw new DataError(
            "%s: expected a weight of more than 0, found %s"
                .formatted(line.where(), line.values().get(1)));
      }
    }
    int missing = Arrays.asList(weights).indexOf(null);
    if (missing >= 0) {
      throw new DataError(
          "%s: expected a weight for each class, found none for %s"
              .formatted(text, names.get(missing)));
    }
    return new ClassWeights(List.of(weights));
  }

  /** What users are told. */
  static String note(ClassWeights weights, List<String> names) {
    List<String> each = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      each.add(String.format(Locale.ROOT, "%s %.4g", names.get(c), weights.weights().get(c)));
    }
    return "examples count by their class (%s): losses are weighted so, accuracies are not"
        .formatted(String.join(", ", each));
  }
}
