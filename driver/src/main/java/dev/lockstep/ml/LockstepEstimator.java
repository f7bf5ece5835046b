package dev.lockstep.ml;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.TargetMethod;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.network.ClassWeights;
import dev.lockstep.table.Columns;
import dev.lockstep.table.FeatureColumn;
import dev.lockstep.table.LabelReader;
import dev.lockstep.table.MixedColumns;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.EarlyStopping.Monitor;
import dev.lockstep.train.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network over Spark on a table of vectors, arrays or pictures with labels, as {@code
 * lockstep train} does.
 *
 * @param <E> the class itself
 */
public abstract class LockstepEstimator<E extends LockstepEstimator<E>>
    extends Estimator<LockstepModel>
    implements ColumnParams<E>,
        NetworkParams<E>,
        TrainingParams<E>,
        RunParams<E>,
        DefaultParamsWritable {
  private final String uid;
  private final ColumnParamSet columnParams;
  private final NetworkParamSet networkParams;
  private final TrainingParamSet trainingParams;
  private final RunParamSet runParams;
  private final transient List<RunListener> listeners = new ArrayList<>();
  private transient Dataset<?> validationDataset;

  LockstepEstimator(String uid) {
    this.uid = uid;
    columnParams = new ColumnParamSet(this);
    networkParams = new NetworkParamSet(this);
    trainingParams = new TrainingParamSet(this);
    runParams = new RunParamSet(this);
  }

  /** What is trained for such labels. */
  abstract NetworkTask task(StructField labels);

  /** Likewise, of a table that has them. */
  NetworkTask task(StructType schema) {
    return task(Columns.find(schema, "labelCol", getOrDefault(labelCol())));
  }

  /** How regression labels are normalised; empty for as is usual, and for classes. */
  Optional<TargetMethod> targetMethod() {
    return Optional.empty();
  }

  /** How much rows of each class count; empty for all alike, and for regression. */
  Optional<ClassWeights> classWeights(DataSource data, JavaSparkContext spark) {
    return Optional.empty();
  }

  /** The columns that the trained model will add. */
  abstract PredictionColumns predictionColumns(StructField labels);

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ColumnParamSet columnParamSet() {
    return columnParams;
  }

  @Override
  public NetworkParamSet networkParamSet() {
    return networkParams;
  }

  @Override
  public TrainingParamSet trainingParamSet() {
    return trainingParams;
  }

  @Override
  public RunParamSet runParamSet() {
    return runParams;
  }

  /**
   * Rows to look at while training, with the columns of those that are trained. Being no parameter,
   * they are copied with the estimator, and not saved with it.
   *
   * @param dataset null for none
   */
  public E setValidationDataset(Dataset<?> dataset) {
    validationDataset = dataset;
    return self();
  }

  Optional<Dataset<?>> validationDataset() {
    return Optional.ofNullable(validationDataset);
  }

  /** Adds one that watches each fit, in the driver; copied with the estimator, not saved. */
  public E addListener(RunListener listener) {
    listeners.add(listener);
    return self();
  }

  List<RunListener> listeners() {
    return List.copyOf(listeners);
  }

  @SuppressWarnings("unchecked")
  private E self() {
    return (E) this;
  }

  @Override
  public E copy(ParamMap extra) {
    E copy = defaultCopy(extra);
    ((LockstepEstimator<?>) copy).listeners.addAll(listeners);
    return copy.setValidationDataset(validationDataset);
  }

  /**
   * Trains.
   *
   * @param dataset read once; what is read is kept, memory and disk, while it is trained
   * @throws IllegalArgumentException if columns are missing or of other types, or parameters
   *     contradict each other
   * @throws ModelError if the network does not fit the data
   */
  @Override
  public LockstepModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    CallersJobGroup group = CallersJobGroup.of(spark);
    try {
      LockstepModel model = new Fit(this, dataset, spark).run();
      model.setParent(this);
      return copyValues(model, ParamMap.empty());
    } finally {
      group.restore();
    }
  }

  /**
   * The schema with predictions.
   *
   * @throws IllegalArgumentException as {@link #fit}
   */
  @Override
  public StructType transformSchema(StructType schema) {
    checkCombinations();
    StructField labels = Columns.find(schema, "labelCol", getOrDefault(labelCol()));
    checkFeatures(schema, labels.name());
    checkLabels(labels);
    if (isSet(validationIndicatorCol())) {
      String indicator = getOrDefault(validationIndicatorCol());
      Columns.expectBoolean(Columns.find(schema, "validationIndicatorCol", indicator));
    }
    if (isSet(idCol())) {
      Columns.expectWhole(Columns.find(schema, "idCol", getOrDefault(idCol())));
    }
    if (isSet(weightCol())) {
      Columns.expectNumbers(Columns.find(schema, "weightCol", getOrDefault(weightCol())));
    }
    return predictionColumns(labels).appendTo(schema, 0);
  }

  private void checkFeatures(StructType schema, String label) {
    expectOne(featuresCols(), augment());
    if (isSet(featuresCols())) {
      List<String> names = List.of(getOrDefault(featuresCols()));
      MixedColumns.check(schema, names);
      if (names.contains(label)) {
        throw new IllegalArgumentException(
            "featuresCols: column %s is that of labels".formatted(label));
      }
      if (isSet(weightCol()) && names.contains(getOrDefault(weightCol()))) {
        throw new IllegalArgumentException(
            "featuresCols: column %s is that of weights".formatted(getOrDefault(weightCol())));
      }
      return;
    }
    StructField features = Columns.find(schema, "featuresCol", getOrDefault(featuresCol()));
    if (FeatureColumn.of(features).hasPictures()
        && !(isSet(imageWidth()) && isSet(imageHeight()))) {
      throw new IllegalArgumentException(
          "featuresCol: column %s has pictures: set imageWidth and imageHeight"
              .formatted(features.name()));
    }
    if (isSet(augment()) && !FeatureColumn.of(features).hasPictures()) {
      throw new IllegalArgumentException(
          "augment changes pictures: column %s has none".formatted(features.name()));
    }
  }

  private void checkCombinations() {
    expectOne(featuresCol(), featuresCols());
    expectOne(epochs(), steps());
    expectOne(network(), initialModel());
    for (Param<?> given : new Param<?>[] {network(), initialModel()}) {
      expectOne(given, hiddenLayers());
      expectOne(given, activation());
    }
    TrainingSettings.of(this);
    if (isSet(validationIndicatorCol()) && validationDataset != null) {
      throw new IllegalArgumentException(
          "validationIndicatorCol and setValidationDataset exclude each other: use one of them");
    }
    if (isSet(patience()) && !isSet(validationIndicatorCol()) && validationDataset == null) {
      throw new IllegalArgumentException(
          "patience looks at rows that are not trained: set validationIndicatorCol, or"
              + " setValidationDataset");
    }
  }

  /** Complains about labels of another type, or what does not go with them. */
  void checkLabels(StructField labels) {
    NetworkTask task = task(labels);
    LabelReader.check(labels, task);
    if (task != NetworkTask.CLASSIFICATION
        && isSet(monitor())
        && getOrDefault(monitor()).equals(Checks.name(Monitor.ACCURACY))) {
      throw new IllegalArgumentException("monitor accuracy needs classes: use loss");
    }
  }

  private void expectOne(Param<?> one, Param<?> other) {
    if (isSet(one) && isSet(other)) {
      throw new IllegalArgumentException(
          "%s and %s exclude each other: set one of them".formatted(one.name(), other.name()));
    }
  }
}
