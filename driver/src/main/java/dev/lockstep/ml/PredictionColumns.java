package dev.lockstep.ml;

import dev.lockstep.table.InvalidRows;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
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
 * @param form what a prediction is
 * @param reason name of the column that says why there is no prediction; empty for none
 */
record PredictionColumns(
    String raw, String probability, String prediction, Form form, String reason)
    implements Serializable {

  /** What a prediction is. */
  enum Form {
    /** A class number, with probabilities. */
    CLASS,
    VALUE,
    VALUES
  }

  static <P extends ColumnParams<?> & ProbabilityParams<?>> PredictionColumns of(
      P params, Form form) {
    boolean classifies = form == Form.CLASS;
    return new PredictionColumns(
        classifies ? params.getOrDefault(params.rawPredictionCol()) : "",
        classifies ? params.getOrDefault(params.probabilityCol()) : "",
        params.getOrDefault(params.predictionCol()),
        form,
        reason(params));
  }

  static PredictionColumns ofRegression(ColumnParams<?> params, Form form) {
    return new PredictionColumns(
        "", "", params.getOrDefault(params.predictionCol()), form, reason(params));
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
    StructType extended = appendVector(schema, "rawPredictionCol", raw, outputs);
    extended = appendVector(extended, "probabilityCol", probability, outputs);
    if (form == Form.VALUES) {
      extended = appendVector(extended, "predictionCol", prediction, outputs);
    } else if (!prediction.isEmpty()) {
      expectNew(extended, "predictionCol", prediction);
      extended = extended.add(prediction, DataTypes.DoubleType);
    }
    if (!reason.isEmpty()) {
      expectNew(extended, "reasonCol", reason);
      extended = extended.add(reason, DataTypes.StringType);
    }
    return extended;
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
    Object[] added = new Object[4];
    int count = 0;
    if (!raw.isEmpty()) {
      added[count++] = output == null ? null : Vectors.dense(logits(output));
    }
    if (!probability.isEmpty()) {
      added[count++] = output == null ? null : Vectors.dense(doubles(output));
    }
    if (!prediction.isEmpty()) {
      added[count++] = output == null ? null : prediction(output);
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
      case CLASS -> (double) mostProbable(output);
      case VALUE -> (double) output[0];
      case VALUES -> Vectors.dense(doubles(output));
    };
  }

  /** The lower number on a tie. */
  private static int mostProbable(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /**
   * log p less its mean over the classes: what a softmax makes p of. Unlike p it still tells apart
   * examples of which p is nearly 1. A probability that is 0 in float32 counts as the smallest.
   */
  private static double[] logits(float[] probabilities) {
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
