package dev.lockstep.ml;

import dev.lockstep.ml.PredictionColumns.Form;
import dev.lockstep.table.LabelReader;
import dev.lockstep.table.NetworkTask;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;

/** Trains a regression: identity outputs, mean squared error. Labels are numbers or vectors. */
public final class LockstepRegressor extends LockstepEstimator<LockstepRegressor> {

  public LockstepRegressor() {
    this(Identifiable.randomUID("lockstepRegressor"));
  }

  public LockstepRegressor(String uid) {
    super(uid);
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
  NetworkTask task() {
    return NetworkTask.REGRESSION;
  }

  @Override
  PredictionColumns predictionColumns(StructField labels) {
    return PredictionColumns.ofRegression(
        this, LabelReader.isVector(labels) ? Form.VALUES : Form.VALUE);
  }
}
