package dev.lockstep.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * What a stage reads and writes.
 *
 * @param <S> the class that has them
 */
public interface ColumnParams<S> extends ChainedParams<S> {

  /** Where they are. */
  ColumnParamSet columnParamSet();

  /** Column of features. */
  default Param<String> featuresCol() {
    return columnParamSet().featuresCol;
  }

  /** Columns of features, instead of one. */
  default StringArrayParam featuresCols() {
    return columnParamSet().featuresCols;
  }

  /** Column for the prediction. */
  default Param<String> predictionCol() {
    return columnParamSet().predictionCol;
  }

  /** Column for why a row was not predicted. */
  default Param<String> reasonCol() {
    return columnParamSet().reasonCol;
  }

  /** What becomes of rows that cannot be used: error, skip or keep. */
  default Param<String> handleInvalid() {
    return columnParamSet().handleInvalid;
  }

  default S setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  default S setFeaturesCols(String... values) {
    return with(featuresCols(), values);
  }

  default S setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  default S setReasonCol(String value) {
    return with(reasonCol(), value);
  }

  default S setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }
}
