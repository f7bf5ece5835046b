package dev.lockstep.ml;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Normaliser;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Shared;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.ml.PredictionColumns.Form;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.InputChannels;
import dev.lockstep.table.Columns;
import dev.lockstep.table.FeatureColumn;
import dev.lockstep.table.FeatureReader;
import dev.lockstep.table.InputColumns;
import dev.lockstep.table.InvalidRows;
import dev.lockstep.table.MixedColumns;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.OnnxExport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network that adds predictions to a table of vectors, arrays or pictures. A classifier
 * adds {@code rawPrediction}, {@code probability} and {@code prediction}, which is a vector of 0
 * and 1 where a row may have several labels; a regression adds {@code prediction}, a vector where
 * the network has more than one output.
 */
public final class LockstepModel extends Model<LockstepModel>
    implements ColumnParams<LockstepModel>, ProbabilityParams<LockstepModel>, MLWritable {
  private final String uid;
  private final StoredModel stored;
  private final NetworkShape shape;
  private final ColumnParamSet columnParams;
  private final ProbabilityParamSet probabilityParams;
  private final IntParam numFeatures;

  LockstepModel(String uid, StoredModel stored) {
    this.uid = uid;
    this.stored = stored;
    shape = NetworkShape.of(stored.network()).naming(stored.classNames());
    columnParams = new ColumnParamSet(this);
    probabilityParams = new ProbabilityParamSet(this);
    numFeatures =
        new IntParam(
            this,
            "numFeatures",
            "how many values of an example the network reads",
            Checks.atLeast("numFeatures", 1));
    shape.inputs().ifPresent(inputs -> setDefault(numFeatures, inputs));
  }

  /**
   * A model that {@code lockstep train} or DL4J has saved.
   *
   * @param path of a model zip, on any Hadoop file system
   * @throws ModelError if there is none, or it was altered
   */
  public static LockstepModel fromFile(String path) {
    return new LockstepModel(
        Identifiable.randomUID("lockstep"), StoredModel.read(path, SparkHadoopUtil.get().conf()));
  }

  /** A model that was saved as a stage of a pipeline. */
  public static LockstepModel load(String path) {
    return read().load(path);
  }

  /** Reads models that were saved as stages of pipelines. */
  public static MLReader<LockstepModel> read() {
    return new LockstepModelReader();
  }

  @Override
  public MLWriter write() {
    return new LockstepModelWriter(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ColumnParamSet columnParamSet() {
    return columnParams;
  }

  @Override
  public ProbabilityParamSet probabilityParamSet() {
    return probabilityParams;
  }

  StoredModel stored() {
    return stored;
  }

  /** How many values of an example the network reads. */
  public IntParam numFeatures() {
    return numFeatures;
  }

  /** To be set only where the network itself does not say. */
  public LockstepModel setNumFeatures(int value) {
    set(numFeatures, value);
    return this;
  }

  /** How many outputs the network has: for a classifier, classes or labels. */
  public int numOutputs() {
    return predicted();
  }

  /**
   * What classes are called, by number; of a classifier of which a row may have several labels, the
   * labels; empty for a regression.
   */
  public List<String> classNames() {
    if (shape.task() != NetworkTask.MULTI_LABEL) {
      return stored.classNames();
    }
    return stored.labels().size() == shape.outputs()
        ? stored.labels()
        : Schema.numbered(shape.outputs());
  }

  /** Whether it is known how the model was trained: by an estimator, not by others. */
  public boolean hasSummary() {
    return stored.training() != null;
  }

  /**
   * How the model was trained, and what with.
   *
   * @throws ModelError if that is not known
   */
  public TrainingSummary summary() {
    if (!hasSummary()) {
      throw new ModelError(
          "the model has no summary of its training: an estimator's fit gives one");
    }
    return stored.training();
  }

  /** The network, as DL4J's JSON. */
  public NetworkDefinition network() {
    return stored.network();
  }

  /** Its parameters. */
  public ModelState state() {
    return stored.state();
  }

  /**
   * Writes the network as an ONNX file, for other programs: what it takes is normalised already.
   *
   * @param path on any Hadoop file system
   * @throws ModelError naming the layer that has no ONNX form
   */
  public void exportOnnx(String path) {
    export(path, OnnxExport.Extent.NETWORK);
  }

  /**
   * The same with normalisation as part of the graph: it takes features as tables have them, and
   * pictures as bytes [height, width, channels], and gives probabilities of classes, or targets in
   * their units.
   *
   * @param path on any Hadoop file system
   * @throws ModelError naming the layer that has no ONNX form
   */
  public void exportOnnxWithPreprocessing(String path) {
    export(path, OnnxExport.Extent.WITH_PREPROCESSING);
  }

  private void export(String path, OnnxExport.Extent extent) {
    OptionalInt features =
        isSet(numFeatures)
            ? OptionalInt.of((Integer) getOrDefault(numFeatures))
            : OptionalInt.empty();
    stored.export(path, SparkHadoopUtil.get().conf(), features, extent);
  }

  @Override
  public LockstepModel copy(ParamMap extra) {
    LockstepModel copy = copyValues(new LockstepModel(uid, stored), extra);
    return copy.setParent(parent());
  }

  /**
   * The schema with predictions.
   *
   * @throws IllegalArgumentException if columns are missing, of other types, or there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    Optional<TableRecipe> recipe = recipe(schema);
    if (recipe.isPresent()) {
      MixedColumns.check(schema, recipe.get().names());
    } else {
      FeatureColumn.of(features(schema));
      FeatureColumn.positions(features(schema), stored.columns());
    }
    return columns().appendTo(schema, predicted());
  }

  /** How many values a prediction is made of. */
  private int predicted() {
    return shape.task() == NetworkTask.CLASSIFICATION ? shape.classes() : shape.outputs();
  }

  private StructField features(StructType schema) {
    return Columns.find(schema, "featuresCol", getOrDefault(featuresCol()));
  }

  /** How several columns become features, if it is not one that has them. */
  private Optional<TableRecipe> recipe(StructType schema) {
    if (isSet(featuresCol()) && !isSet(featuresCols())) {
      return Optional.empty();
    }
    if (stored.recipe() == null && isSet(featuresCols())) {
      return Optional.of(MixedColumns.asTheyAre(schema, List.of(getOrDefault(featuresCols()))));
    }
    return Optional.ofNullable(stored.recipe());
  }

  private PredictionColumns columns() {
    return switch (shape.task()) {
      case CLASSIFICATION -> PredictionColumns.ofClasses(this, classNames());
      case MULTI_LABEL -> PredictionColumns.ofLabels(this, classNames());
      case REGRESSION ->
          PredictionColumns.ofRegression(this, shape.outputs() == 1 ? Form.VALUE : Form.VALUES);
    };
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    StructType extended = transformSchema(schema);
    Optional<TableRecipe> recipe = recipe(schema);
    int[] indexes =
        recipe.map(TableRecipe::names).orElseGet(() -> List.of(features(schema).name())).stream()
            .mapToInt(schema::fieldIndex)
            .toArray();
    int inputs = inputs();
    FeatureColumn kind =
        recipe.isPresent() ? FeatureColumn.VECTORS : FeatureColumn.of(features(schema));
    FeatureReader reader =
        recipe.isPresent()
            ? MixedColumns.reader(schema, recipe.get())
            : reader(features(schema), inputs);
    Normalisation normalisation = normalisation(kind, reader.shape());
    InvalidRows invalid = Checks.constant(InvalidRows.class, getOrDefault(handleInvalid()));
    PredictionColumns columns = columns();
    int outputs = predicted();
    ClassCoding coding =
        shape.task() == NetworkTask.CLASSIFICATION ? shape.coding() : ClassCoding.ONE_HOT;
    TrainerFactory networks = networks(recipe, reader.shape());
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    Shared<SentModel> model =
        Transport.share(spark, new SentModel(networks, stored.state().parameters()));
    Dataset<Row> predicted =
        dataset
            .toDF()
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>)
                    rows ->
                        new RowPredictor(
                            rows,
                            indexes,
                            reader,
                            normalisation,
                            invalid,
                            columns,
                            model.value().network(),
                            coding,
                            outputs),
                Encoders.row(extended));
    return predicted.select(Columns.all(extended));
  }

  /** What tells vectors one by one, in this process. */
  SingleVector singleVector() {
    FeatureReader reader = FeatureColumn.VECTORS.reader(inputs(), Optional.empty());
    return new SingleVector(
        reader,
        new Normaliser(normalisation(FeatureColumn.VECTORS, reader.shape())),
        networks(Optional.empty(), reader.shape()).newSharedNetwork(stored.state().parameters()),
        shape.coding());
  }

  /**
   * What makes networks for rows.
   *
   * @param recipe of whose columns a network with several inputs takes one with each
   */
  private TrainerFactory networks(Optional<TableRecipe> recipe, List<Integer> features) {
    return InputColumns.layout(stored.network(), recipe, shape.outputs())
        .map(layout -> LocalTrainers.factory(stored.network(), LocalStep.AUTO, layout))
        .orElseGet(
            () ->
                LocalTrainers.factory(
                    stored.network(),
                    LocalStep.AUTO,
                    shape.outputs(),
                    features.stream().mapToLong(Integer::longValue).toArray()));
  }

  /** Of the features that the model knows, in its order, where both name them. */
  private FeatureReader reader(StructField column, int inputs) {
    FeatureColumn kind = FeatureColumn.of(column);
    Optional<int[]> positions = FeatureColumn.positions(column, stored.columns());
    return positions.isPresent()
        ? new FeatureReader.Chosen(
            kind.reader(FeatureColumn.names(column).size(), Optional.empty()), positions.get())
        : kind.reader(inputs, kind.hasPictures() ? Optional.of(preprocessing()) : Optional.empty());
  }

  /** As it was trained; else as is usual. */
  private Normalisation normalisation(FeatureColumn kind, List<Integer> features) {
    Schema schema = Schema.regression(features, kind.featureType(), shape.outputs());
    Normalisation normalisation =
        stored.normalisation() == null ? Normalisation.usual(schema) : stored.normalisation();
    normalisation.expectFits(schema);
    return normalisation;
  }

  private int inputs() {
    if (!isDefined(numFeatures)) {
      throw new ModelError("the network does not say how many values it reads: set numFeatures");
    }
    return (Integer) getOrDefault(numFeatures);
  }

  /** As it was trained; else, as {@code lockstep predict} does, like MNIST. */
  private ImagePreprocessing preprocessing() {
    return stored
        .preprocessing()
        .orElseGet(
            () -> {
              Channels channels =
                  InputChannels.of(stored.network()).flatMap(Channels::of).orElse(Channels.GREY);
              int side = (int) Math.round(Math.sqrt((double) inputs() / channels.count()));
              if (side * side * channels.count() != inputs()) {
                throw new ModelError(
                    "the network reads %d values, which are no square picture".formatted(inputs()));
              }
              return channels == Channels.GREY
                  ? new ImagePreprocessing(side, side, ImageFit.MNIST, Inversion.AUTO)
                  : new ImagePreprocessing(side, side, ImageFit.CROP, Inversion.NO, channels);
            });
  }
}
