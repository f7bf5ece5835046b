package dev.lockstep.ml;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;

/**
 * What a classifier writes besides.
 *
 * @param <S> the class that has them
 */
public interface ProbabilityParams<S> extends ChainedParams<S> {

  /** Where they are. */
  ProbabilityParamSet probabilityParamSet();

  /** Column for the classes' probabilities. */
  default Param<String> probabilityCol() {
    return probabilityParamSet().probabilityCol;
  }

  /** Column for the classes' logits. */
  default Param<String> rawPredictionCol() {
    return probabilityParamSet().rawPredictionCol;
  }

  /** Column for the name of the predicted class. */
  default Param<String> predictedLabelCol() {
    return probabilityParamSet().predictedLabelCol;
  }

  /** How probable each class must be, compared with others. */
  default DoubleArrayParam thresholds() {
    return probabilityParamSet().thresholds;
  }

  default S setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  default S setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }

  default S setPredictedLabelCol(String value) {
    return with(predictedLabelCol(), value);
  }

  default S setThresholds(double... values) {
    return with(thresholds(), values);
  }
}
