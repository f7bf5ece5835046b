package dev.lockstep.ml;

import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What a {@link SparkClassifier} has learnt: a {@link LockstepModel} as one of Spark's own kind.
 */
public final class SparkClassificationModel
    extends ClassificationModel<Vector, SparkClassificationModel> implements MLWritable {
  private final LockstepModel model;

  /** Without a value of its own, as Spark's constructor asks for it before this one's begins. */
  private String uid;

  private transient SingleVector single;

  SparkClassificationModel(String uid, LockstepModel model) {
    this(EarlyUid.of(uid), model);
  }

  private SparkClassificationModel(EarlyUid early, LockstepModel model) {
    this.model = model;
    early.end();
  }

  /** One that was saved. */
  public static SparkClassificationModel load(String path) {
    return read().load(path);
  }

  /** Reads what was saved. */
  public static MLReader<SparkClassificationModel> read() {
    return new WrapperReader<>(
        SparkClassificationModel.class,
        (uid, inside) -> new SparkClassificationModel(uid, LockstepModel.load(inside)));
  }

  @Override
  public MLWriter write() {
    return new WrapperWriter(this, model);
  }

  @Override
  public String uid() {
    uid = uid == null ? EarlyUid.current() : uid;
    return uid;
  }

  /** What predicts. */
  public LockstepModel model() {
    return model;
  }

  @Override
  public int numClasses() {
    return model.numOutputs();
  }

  @Override
  public int numFeatures() {
    return (Integer) model.getOrDefault(model.numFeatures());
  }

  @Override
  public SparkClassificationModel copy(ParamMap extra) {
    SparkClassificationModel copy = new SparkClassificationModel(uid(), model.copy(extra));
    return copyValues(copy, extra).setParent(parent());
  }

  /** With the columns of this. */
  private LockstepModel predicting() {
    return model
        .copy(ParamMap.empty())
        .setFeaturesCol(getFeaturesCol())
        .setPredictionCol(getPredictionCol())
        .setRawPredictionCol(getRawPredictionCol());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return predicting().transformSchema(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return predicting().transform(dataset);
  }

  @Override
  public Vector predictRaw(Vector features) {
    return Vectors.dense(PredictionColumns.logits(single().probabilities(features)));
  }

  private synchronized SingleVector single() {
    single = single == null ? model.singleVector() : single;
    return single;
  }
}
