package dev.lockstep.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters of {@link ProbabilityParams}. */
final class ProbabilityParamSet implements Serializable {
  final Param<String> probabilityCol;
  final Param<String> rawPredictionCol;
  final Param<String> predictedLabelCol;
  final DoubleArrayParam thresholds;

  ProbabilityParamSet(Params owner) {
    probabilityCol =
        new Param<>(
            owner,
            "probabilityCol",
            "column for a vector of the classes' or labels' probabilities; empty for none");
    rawPredictionCol =
        new Param<>(
            owner,
            "rawPredictionCol",
            "column for a vector of the classes' logits, log p less its mean over the classes, or of the"
                + " log-odds of each of several labels; empty for none");
    predictedLabelCol =
        new Param<>(
            owner,
            "predictedLabelCol",
            "column for the name of the predicted class, or an array of those of several labels; empty"
                + " for none");
    thresholds =
        new DoubleArrayParam(
            owner,
            "thresholds",
            "one for each class, by number: predicted is the class whose probability is the most times"
                + " its threshold; the most probable where they are not set. Of several labels of a row,"
                + " each is predicted that is more probable than its threshold, 0.5 where not set",
            Checks.thresholds("thresholds"));
    owner.setDefault(probabilityCol, "probability");
    owner.setDefault(rawPredictionCol, "rawPrediction");
    owner.setDefault(predictedLabelCol, "");
  }
}
