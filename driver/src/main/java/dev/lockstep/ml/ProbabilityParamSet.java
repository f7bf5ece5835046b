package dev.lockstep.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters of {@link ProbabilityParams}. */
final class ProbabilityParamSet implements Serializable {
  final Param<String> probabilityCol;
  final Param<String> rawPredictionCol;

  ProbabilityParamSet(Params owner) {
    probabilityCol =
        new Param<>(
            owner,
            "probabilityCol",
            "column for a vector of the classes' probabilities; empty for none");
    rawPredictionCol =
        new Param<>(
            owner,
            "rawPredictionCol",
            "column for a vector of the classes' logits, log p less its mean over the classes; empty"
                + " for none");
    owner.setDefault(probabilityCol, "probability");
    owner.setDefault(rawPredictionCol, "rawPrediction");
  }
}
