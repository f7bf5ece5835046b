package dev.lockstep.ml;

import dev.lockstep.table.NetworkTask;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;

/**
 * Trains a classifier: softmax outputs, cross-entropy. Labels are class numbers from 0, of which
 * there are as many as the label column's metadata says, as {@code StringIndexer} leaves it, else
 * as the largest label says; or names of classes, as strings or booleans, which are numbered in
 * their order.
 */
public final class LockstepClassifier extends LockstepEstimator<LockstepClassifier>
    implements ProbabilityParams<LockstepClassifier> {
  private final ProbabilityParamSet probabilityParams;

  public LockstepClassifier() {
    this(Identifiable.randomUID("lockstepClassifier"));
  }

  public LockstepClassifier(String uid) {
    super(uid);
    probabilityParams = new ProbabilityParamSet(this);
  }

  /** One that was saved. */
  public static LockstepClassifier load(String path) {
    return read().load(path);
  }

  /** Reads what was saved. */
  public static MLReader<LockstepClassifier> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public ProbabilityParamSet probabilityParamSet() {
    return probabilityParams;
  }

  @Override
  NetworkTask task() {
    return NetworkTask.CLASSIFICATION;
  }

  @Override
  PredictionColumns predictionColumns(StructField labels) {
    return PredictionColumns.ofClasses(this, List.of());
  }
}
