package dev.lockstep.ml;

import org.apache.spark.ml.classification.Classifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * A {@link LockstepClassifier} as a classifier of Spark's own kind, for {@code OneVsRest} and
 * whatever else takes no other: of vectors, with class numbers as labels. The columns of features,
 * labels, predictions and raw predictions are its own, and begin as those of the classifier; all
 * else is set there.
 */
public final class SparkClassifier
    extends Classifier<Vector, SparkClassifier, SparkClassificationModel>
    implements HasWeightCol, MLWritable {
  private final LockstepClassifier classifier;
  private final Param<String> weightCol;

  /** Without a value of its own, as Spark's constructor asks for it before this one's begins. */
  private String uid;

  /** Of a classifier that is set up. */
  public SparkClassifier(LockstepClassifier classifier) {
    this(Identifiable.randomUID("sparkClassifier"), classifier);
  }

  SparkClassifier(String uid, LockstepClassifier classifier) {
    this(EarlyUid.of(uid), classifier);
  }

  private SparkClassifier(EarlyUid early, LockstepClassifier classifier) {
    this.classifier = classifier;
    early.end();
    weightCol = new Param<>(this, "weightCol", classifier.weightCol().doc());
    take(classifier.weightCol(), weightCol);
    take(classifier.labelCol(), labelCol());
    take(classifier.featuresCol(), featuresCol());
    take(classifier.predictionCol(), predictionCol());
    take(classifier.rawPredictionCol(), rawPredictionCol());
  }

  private <T> void take(Param<T> from, Param<T> to) {
    if (classifier.isSet(from)) {
      set(to, classifier.getOrDefault(from));
    }
  }

  /** One that was saved. */
  public static SparkClassifier load(String path) {
    return read().load(path);
  }

  /** Reads what was saved. */
  public static MLReader<SparkClassifier> read() {
    return new WrapperReader<>(
        SparkClassifier.class,
        (uid, inside) -> new SparkClassifier(uid, LockstepClassifier.load(inside)));
  }

  @Override
  public MLWriter write() {
    return new WrapperWriter(this, classifier);
  }

  @Override
  public String uid() {
    uid = uid == null ? EarlyUid.current() : uid;
    return uid;
  }

  @Override
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Sets {@link #weightCol}. */
  public SparkClassifier setWeightCol(String value) {
    set(weightCol, value);
    return this;
  }

  /** How a class of Scala is given the parameter; this one makes it itself. */
  @Override
  public void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(
      Param<String> unused) {}

  /** What trains. */
  public LockstepClassifier classifier() {
    return classifier;
  }

  /** With the columns of this. */
  private LockstepClassifier training() {
    LockstepClassifier own =
        classifier
            .copy(ParamMap.empty())
            .setLabelCol(getLabelCol())
            .setFeaturesCol(getFeaturesCol())
            .setPredictionCol(getPredictionCol())
            .setRawPredictionCol(getRawPredictionCol());
    return isSet(weightCol) ? own.setWeightCol(getWeightCol()) : own;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return training().transformSchema(schema);
  }

  @Override
  public SparkClassificationModel train(Dataset<?> dataset) {
    return new SparkClassificationModel(uid(), training().fit(dataset));
  }

  @Override
  public SparkClassifier copy(ParamMap extra) {
    return copyValues(new SparkClassifier(uid(), classifier.copy(extra)), extra);
  }
}
