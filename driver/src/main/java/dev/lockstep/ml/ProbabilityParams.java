package dev.lockstep.ml;

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

  default S setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  default S setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }
}
