package dev.lockstep.ml;

import dev.lockstep.data.DataSource;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.network.ClassWeights;
import dev.lockstep.table.LabelReader;
import dev.lockstep.table.NetworkTask;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;

/**
 * Trains a classifier: softmax outputs, cross-entropy. Labels are class numbers from 0, of which
 * there are as many as the label column's metadata says, as {@code StringIndexer} leaves it, else
 * as the largest label says; or names of classes, as strings or booleans, which are numbered in
 * their order.
 *
 * <p>Labels that are vectors or arrays of 0 and 1 say of each of several labels whether a row has
 * it: sigmoid outputs, binary cross-entropy. Predicted are then a vector of their probabilities and
 * one of 0 and 1.
 */
public final class LockstepClassifier extends LockstepEstimator<LockstepClassifier>
    implements ProbabilityParams<LockstepClassifier> {
  private static final String BALANCED = "balanced";

  private final ProbabilityParamSet probabilityParams;
  private final Param<String> classWeights;

  public LockstepClassifier() {
    this(Identifiable.randomUID("lockstepClassifier"));
  }

  public LockstepClassifier(String uid) {
    super(uid);
    probabilityParams = new ProbabilityParamSet(this);
    classWeights =
        new Param<>(
            this,
            "classWeights",
            "how much rows of each class count in the loss: balanced (each class alike, however many"
                + " rows it has), or weights by class number with commas between, such as 1,2.5; where"
                + " it is not set, all rows alike",
            Checks.read("classWeights", LockstepClassifier::weights));
  }

  private static Optional<ClassWeights> weights(String text) {
    if (text.equals(BALANCED)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ClassWeights(
              Arrays.stream(text.split(",")).map(String::strip).map(Double::valueOf).toList()));
    } catch (NumberFormatException | ModelError e) {
      throw new IllegalArgumentException(
          "expected balanced, or numbers of more than 0 with commas between, found '%s'"
              .formatted(text),
          e);
    }
  }

  /** How much rows of each class count. */
  public Param<String> classWeights() {
    return classWeights;
  }

  /** Sets {@link #classWeights}. */
  public LockstepClassifier setClassWeights(String value) {
    return with(classWeights, value);
  }

  @Override
  Optional<ClassWeights> classWeights(DataSource data, JavaSparkContext spark) {
    return isSet(classWeights)
        ? Optional.of(
            weights(getOrDefault(classWeights))
                .orElseGet(
                    () ->
                        ClassWeights.balanced(data.classCounts(spark), data.schema().classNames())))
        : Optional.empty();
  }

  /** The same as Spark's own kind of classifiers, which {@code OneVsRest} takes alone. */
  public SparkClassifier asSparkClassifier() {
    return new SparkClassifier(copy(ParamMap.empty()));
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
  NetworkTask task(StructField labels) {
    return LabelReader.isVector(labels) ? NetworkTask.MULTI_LABEL : NetworkTask.CLASSIFICATION;
  }

  @Override
  void checkLabels(StructField labels) {
    super.checkLabels(labels);
    if (isSet(classWeights) && LabelReader.isVector(labels)) {
      throw new IllegalArgumentException(
          "classWeights are of classes, of which a row has one: with several labels of a row, use"
              + " weightCol");
    }
  }

  @Override
  PredictionColumns predictionColumns(StructField labels) {
    return LabelReader.isVector(labels)
        ? PredictionColumns.ofLabels(this, List.of())
        : PredictionColumns.ofClasses(this, List.of());
  }
}
