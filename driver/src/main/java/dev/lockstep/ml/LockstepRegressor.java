package dev.lockstep.ml;

import dev.lockstep.data.TargetMethod;
import dev.lockstep.ml.PredictionColumns.Form;
import dev.lockstep.table.LabelReader;
import dev.lockstep.table.NetworkTask;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;

/**
 * Trains a regression: identity outputs, mean squared error. Labels are numbers, or vectors or
 * arrays of them, one for each of several outputs.
 */
public final class LockstepRegressor extends LockstepEstimator<LockstepRegressor> {
  private final Param<String> normaliseTargets;

  public LockstepRegressor() {
    this(Identifiable.randomUID("lockstepRegressor"));
  }

  public LockstepRegressor(String uid) {
    super(uid);
    normaliseTargets =
        new Param<>(
            this,
            "normaliseTargets",
            "what is learnt: labels as they are (none), standardised to mean 0 and deviation 1"
                + " (standardise), or so where they are far from that (auto); predictions are in the"
                + " labels' units; where it is not set, auto, or as the initialModel has learnt",
            Checks.oneOf("normaliseTargets", TargetMethod.values()));
  }

  /** How labels come into a range that trains well. */
  public Param<String> normaliseTargets() {
    return normaliseTargets;
  }

  /** Sets {@link #normaliseTargets}. */
  public LockstepRegressor setNormaliseTargets(String value) {
    return with(normaliseTargets, value);
  }

  /** One that was saved. */
  public static LockstepRegressor load(String path) {
    return read().load(path);
  }

  /** Reads what was saved. */
  public static MLReader<LockstepRegressor> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  NetworkTask task(StructField labels) {
    return NetworkTask.REGRESSION;
  }

  @Override
  Optional<TargetMethod> targetMethod() {
    return isSet(normaliseTargets)
        ? Optional.of(Checks.constant(TargetMethod.class, getOrDefault(normaliseTargets)))
        : Optional.empty();
  }

  @Override
  PredictionColumns predictionColumns(StructField labels) {
    return PredictionColumns.ofRegression(
        this, LabelReader.isVector(labels) ? Form.VALUES : Form.VALUE);
  }
}
