package dev.lockstep.ml;

import dev.lockstep.table.InvalidRows;
import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The parameters of {@link ColumnParams}. */
final class ColumnParamSet implements Serializable {
  final Param<String> featuresCol;
  final StringArrayParam featuresCols;
  final Param<String> predictionCol;
  final Param<String> reasonCol;
  final Param<String> handleInvalid;

  ColumnParamSet(Params owner) {
    featuresCol =
        new Param<>(
            owner,
            "featuresCol",
            "column of features: vectors, arrays of numbers, pictures of Spark's image source, or"
                + " picture files of its binaryFile source (there: content)");
    featuresCols =
        new StringArrayParam(
            owner,
            "featuresCols",
            "columns of features, instead of featuresCol, or one for each input of a network that has"
                + " several, in its order: numbers, booleans, strings (one feature for"
                + " each text of the training data), vectors and arrays of numbers; a missing number is"
                + " the mean of the others, with a feature that says so");
    predictionCol =
        new Param<>(
            owner,
            "predictionCol",
            "column for the prediction: the number of the most probable class, a vector of 0 and 1 for"
                + " several labels of a row, the value, or a vector of values");
    reasonCol =
        new Param<>(
            owner, "reasonCol", "column for why a row was not predicted, where those are kept");
    handleInvalid =
        new Param<>(
            owner,
            "handleInvalid",
            "what becomes of rows that cannot be used: error (the job fails), skip (left out) or"
                + " keep (null predictions with a reason; training leaves them out)",
            Checks.oneOf("handleInvalid", InvalidRows.values()));
    owner.setDefault(featuresCol, "features");
    owner.setDefault(predictionCol, "prediction");
    owner.setDefault(reasonCol, "reason");
    owner.setDefault(handleInvalid, Checks.name(InvalidRows.ERROR));
  }
}
