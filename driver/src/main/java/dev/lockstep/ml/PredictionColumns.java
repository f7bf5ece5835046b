package dev.lockstep.ml;

import dev.lockstep.table.InvalidRows;
import dev.lockstep.train.LabelCounts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a prediction adds.
 *
 * @param raw name of the column of logits; empty for none, as for regression
 * @param probability name of the column of probabilities; likewise
 * @param prediction name of the column of the prediction
 * @param label name of the column of the predicted class's name; empty for none
 * @param form what a prediction is
 * @param thresholds by number of class or label; none if the most probable is predicted, or what is
 *     more probable than not
 * @param classNames by number of class or label; none if they are not known, or for regression
 * @param reason name of the column that says why there is no prediction; empty for none
 */
record PredictionColumns(
    String raw,
    String probability,
    String prediction,
    String label,
    Form form,
    double[] thresholds,
    List<String> classNames,
    String reason)
    implements Serializable {
  /** What a prediction is. */
  enum Form {
    /** A class number, with probabilities. */
    CLASS,
    /** 0 or 1 for each of several labels, with probabilities. */
    LABELS,
    VALUE,
    VALUES
  }

  /** Of a classifier. */
  static <P extends ColumnParams<?> & ProbabilityParams<?>> PredictionColumns ofClasses(
      P params, List<String> classNames) {
    return of(params, Form.CLASS, classNames);
  }

  /** Of a classifier of which a row may have several labels. */
  static <P extends ColumnParams<?> & ProbabilityParams<?>> PredictionColumns ofLabels(
      P params, List<String> names) {
    return of(params, Form.LABELS, names);
  }

  private static <P extends ColumnParams<?> & ProbabilityParams<?>> PredictionColumns of(
      P params, Form form, List<String> classNames) {
    return new PredictionColumns(
        params.getOrDefault(params.rawPredictionCol()),
        params.getOrDefault(params.probabilityCol()),
        params.getOrDefault(params.predictionCol()),
        params.getOrDefault(params.predictedLabelCol()),
        form,
        params.isSet(params.thresholds())
            ? params.getOrDefault(params.thresholds())
            : new double[0],
        classNames,
        reason(params));
  }

  static PredictionColumns ofRegression(ColumnParams<?> params, Form form) {
    return new PredictionColumns(
        "",
        "",
        params.getOrDefault(params.predictionCol()),
        "",
        form,
        new double[0],
        List.of(),
        reason(params));
  }

  private static String reason(ColumnParams<?> params) {
    boolean keeps =
        params.getOrDefault(params.handleInvalid()).equals(Checks.name(InvalidRows.KEEP));
    return keeps ? params.getOrDefault(params.reasonCol()) : "";
  }

  /**
   * A table's schema with these columns.
   *
   * @param outputs of the network; 0 if not yet known
   * @throws IllegalArgumentException if one of them is there already
   */
  StructType appendTo(StructType schema, int outputs) {
    if (thresholds.length > 0 && outputs > 0 && thresholds.length != outputs) {
      throw new IllegalArgumentException(
          "thresholds: expected one for each of %d %s, found %d"
              .formatted(outputs, form == Form.LABELS ? "labels" : "classes", thresholds.length));
    }
    StructType extended = appendVector(schema, "rawPredictionCol", raw, outputs);
    extended = appendVector(extended, "probabilityCol", probability, outputs);
    if (form == Form.VALUES || form == Form.LABELS) {
      extended = appendVector(extended, "predictionCol", prediction, outputs);
    } else if (!prediction.isEmpty()) {
      expectNew(extended, "predictionCol", prediction);
      extended = extended.add(prediction, DataTypes.DoubleType, true, classMetadata());
    }
    if (!label.isEmpty()) {
      expectNew(extended, "predictedLabelCol", label);
      extended =
          extended.add(
              label,
              form == Form.LABELS
                  ? DataTypes.createArrayType(DataTypes.StringType, false)
                  : DataTypes.StringType);
    }
    if (!reason.isEmpty()) {
      expectNew(extended, "reasonCol", reason);
      extended = extended.add(reason, DataTypes.StringType);
    }
    return extended;
  }

  /** The names of classes, for {@code IndexToString} to find them. */
  private Metadata classMetadata() {
    return classNames.isEmpty()
        ? Metadata.empty()
        : NominalAttribute.defaultAttr()
            .withName(prediction)
            .withValues(classNames.toArray(new String[0]))
            .toMetadata();
  }

  private static StructType appendVector(
      StructType schema, String param, String name, int outputs) {
    if (name.isEmpty()) {
      return schema;
    }
    expectNew(schema, param, name);
    Metadata metadata =
        outputs == 0 ? Metadata.empty() : new AttributeGroup(name, outputs).toMetadata();
    return schema.add(name, SQLDataTypes.VectorType(), true, metadata);
  }

  private static void expectNew(StructType schema, String param, String name) {
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "%s: there is a column %s already: drop it or choose another name"
              .formatted(param, name));
    }
  }

  /**
   * A row with its prediction.
   *
   * @param output of the network for this row
   */
  Row append(Row row, float[] output) {
    return appended(row, output, null);
  }

  /** A row that cannot be used, with nulls. */
  Row appendInvalid(Row row, String why) {
    return appended(row, null, why);
  }

  private Row appended(Row row, float[] output, String why) {
    Object[] added = new Object[5];
    int count = 0;
    if (!raw.isEmpty()) {
      added[count++] = output == null ? null : Vectors.dense(raw(output));
    }
    if (!probability.isEmpty()) {
      added[count++] = output == null ? null : Vectors.dense(doubles(output));
    }
    if (!prediction.isEmpty()) {
      added[count++] = output == null ? null : prediction(output);
    }
    if (!label.isEmpty()) {
      added[count++] = output == null ? null : names(output);
    }
    if (!reason.isEmpty()) {
      added[count++] = why;
    }
    Object[] values = Arrays.copyOf(values(row), row.length() + count);
    System.arraycopy(added, 0, values, row.length(), count);
    return RowFactory.create(values);
  }

  private static Object[] values(Row row) {
    Object[] values = new Object[row.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    return values;
  }

  private Object prediction(float[] output) {
    return switch (form) {
      case CLASS -> (double) predictedClass(output);
      case LABELS -> Vectors.dense(predictedLabels(output));
      case VALUE -> (double) output[0];
      case VALUES -> Vectors.dense(doubles(output));
    };
  }

  /** The name of the predicted class; or of all predicted labels. */
  private Object names(float[] output) {
    if (form == Form.CLASS) {
      return classNames.get(predictedClass(output));
    }
    double[] labels = predictedLabels(output);
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] == 1)
        .mapToObj(classNames::get)
        .toArray(String[]::new);
  }

  /** 1 for each label that is more probable than its threshold. */
  private double[] predictedLabels(float[] probabilities) {
    double[] labels = new double[probabilities.length];
    for (int i = 0; i < labels.length; i++) {
      double threshold =
          thresholds.length == 0 ? LabelCounts.MORE_PROBABLE_THAN_NOT : thresholds[i];
      labels[i] = probabilities[i] > threshold ? 1 : 0;
    }
    return labels;
  }

  /** The lower number on a tie. */
  private int predictedClass(float[] probabilities) {
    int best = 0;
    double most = -1;
    for (int c = 0; c < probabilities.length; c++) {
      double times = thresholds.length == 0 ? probabilities[c] : times(probabilities[c], c);
      if (times > most) {
        best = c;
        most = times;
      }
    }
    return best;
  }

  /** A class of no threshold is predicted wherever it is at all possible, as in Spark. */
  private double times(float probability, int number) {
    return probability == 0 && thresholds[number] == 0 ? 0 : probability / thresholds[number];
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private double[] raw(float[] probabilities) {
    return form == Form.LABELS ? logOdds(probabilities) : logits(probabilities);
  }

  /** log(p / (1 − p)), of which a sigmoid makes p again. */
  private static double[] logOdds(float[] probabilities) {
    double[] odds = new double[probabilities.length];
    for (int i = 0; i < odds.length; i++) {
      odds[i] =
          Math.log(Math.max(probabilities[i], Float.MIN_VALUE))
              - Math.log(Math.max(1 - (double) probabilities[i], Float.MIN_VALUE));
    }
    return odds;
  }

  /**
   * log p less its mean over the classes: what a softmax makes p of. Unlike p it still tells apart
   * examples of which p is nearly 1. A probability that is 0 in float32 counts as the smallest.
   */
  static double[] logits(float[] probabilities) {
    double[] logits = new double[probabilities.length];
    double mean = 0;
    for (int c = 0; c < logits.length; c++) {
      logits[c] = Math.log(Math.max(probabilities[c], Float.MIN_VALUE));
      mean += logits[c] / logits.length;
    }
    for (int c = 0; c < logits.length; c++) {
      logits[c] -= mean;
    }
    return logits;
  }
}
