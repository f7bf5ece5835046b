package dev.lockstep.ml;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TrainingRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One {@code fit}: from parameters and rows to a model. */
final class Training {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);
  private static final int FEWEST_CLASSES = 2;

  private final LockstepEstimator<?> params;
  private final Dataset<?> dataset;
  private final JavaSparkContext spark;
  private final TrainingSettings settings;
  private final StructField features;
  private final StructField labels;

  /**
   * @param params that fit the data's schema
   */
  Training(LockstepEstimator<?> params, Dataset<?> dataset, JavaSparkContext spark) {
    this.params = params;
    this.dataset = dataset;
    this.spark = spark;
    settings = TrainingSettings.of(params);
    features =
        Columns.find(dataset.schema(), "featuresCol", params.getOrDefault(params.featuresCol()));
    labels = Columns.find(dataset.schema(), "labelCol", params.getOrDefault(params.labelCol()));
  }

  LockstepModel run() {
    Optional<StartingNetwork> given = StartingNetwork.given(params, spark.hadoopConfiguration());
    Optional<NetworkShape> shape = given.map(start -> NetworkShape.of(start.definition()));
    shape.ifPresent(known -> known.expect(params.task()));
    FeatureColumn column = FeatureColumn.of(features);
    Optional<ImagePreprocessing> pictures =
        column.hasPictures() ? Optional.of(preprocessing()) : Optional.empty();
    int inputs = pictures.map(p -> p.width() * p.height()).orElseGet(() -> inputs(column));
    try (Shards shards = load(column.reader(inputs, pictures), shape)) {
      StartingNetwork start =
          given.orElseGet(
              () -> StartingNetwork.dense(params, inputs, shards.schema().labelLength()));
      Normalisation normalisation =
          Normalisation.fit(
              settings.normalise(),
              withType(shards.schema(), column.featureType()),
              shards.blocks());
      ModelState end = train(shards.normalised(normalisation), start);
      LockstepModel model =
          new LockstepModel(
              params.uid(),
              new StoredModel(
                  start.definition(),
                  end,
                  normalisation,
                  pictures.orElse(null),
                  shards.schema().classNames(),
                  shards.schema().columns()));
      return model.setNumFeatures(inputs);
    }
  }

  /** Pictures that came to another size have grey levels between whole ones. */
  private static Schema withType(Schema schema, FeatureType type) {
    return new Schema(schema.featureShape(), type, schema.classNames(), schema.targets());
  }

  private Shards load(FeatureReader reader, Optional<NetworkShape> network) {
    int workers = settings.workers().orElseGet(() -> settings.strategy().defaultWorkers(spark));
    try (RowSource rows = open(reader, network)) {
      return Shards.load(spark, rows, workers);
    }
  }

  private ImagePreprocessing preprocessing() {
    return new ImagePreprocessing(
        (Integer) params.getOrDefault(params.imageWidth()),
        (Integer) params.getOrDefault(params.imageHeight()),
        Checks.constant(ImageFit.class, params.getOrDefault(params.imageFit())),
        Checks.constant(Inversion.class, params.getOrDefault(params.imageInversion())));
  }

  /** As the column's metadata says; else as the first row has them. */
  private int inputs(FeatureColumn column) {
    OptionalInt declared = FeatureColumn.declaredLength(features);
    if (declared.isPresent()) {
      return declared.getAsInt();
    }
    Column values = Columns.column(features.name());
    List<Row> first = dataset.select(values).where(values.isNotNull()).takeAsList(1);
    if (first.isEmpty()) {
      throw new DataError("there are no examples to train: the table is empty");
    }
    return column == FeatureColumn.VECTORS
        ? ((Vector) first.get(0).get(0)).size()
        : first.get(0).getList(0).size();
  }

  private RowSource open(FeatureReader reader, Optional<NetworkShape> network) {
    boolean ids = params.isSet(params.idCol());
    Column[] columns =
        ids
            ? new Column[] {
              Columns.column(features.name()),
              Columns.column(labels.name()),
              Columns.column(params.getOrDefault(params.idCol()))
            }
            : new Column[] {Columns.column(features.name()), Columns.column(labels.name())};
    ExampleReader examples =
        new ExampleReader(
            reader,
            new LabelReader(params.task()),
            Checks.constant(InvalidRows.class, params.getOrDefault(params.handleInvalid())));
    return RowSource.open(
        dataset.select(columns).javaRDD().mapPartitions(examples::readAll),
        ids ? RowSource.Ids.GIVEN : RowSource.Ids.NONE,
        (largestLabel, targets) -> schema(reader.shape(), largestLabel, targets, network));
  }

  private Schema schema(
      List<Integer> shape, int largestLabel, int targets, Optional<NetworkShape> network) {
    if (params.task() == Task.REGRESSION) {
      return Schema.regression(shape, FeatureType.FLOAT32, targets);
    }
    List<String> names = ClassNames.of(labels, Math.max(FEWEST_CLASSES, largestLabel + 1));
    return Schema.classification(
        shape,
        FeatureType.FLOAT32,
        network
            .map(NetworkShape::outputs)
            .filter(outputs -> outputs != names.size())
            .map(Schema::numbered)
            .orElse(names));
  }

  private ModelState train(Shards shards, StartingNetwork start) {
    Schema schema = shards.schema();
    TrainingJob job =
        TrainingJob.of(
            LocalTrainers.factory(
                start.definition(),
                settings.strategy().localStep(settings.localStep()),
                schema.labelLength(),
                schema.shape()),
            new Schedule(
                shards.sizes(), settings.batchSize(), EpochEnd.REMAINDER, settings.length()),
            settings.ordering(),
            settings.seed());
    try (TrainingStrategy strategy =
        settings.strategy().open(spark, shards, job, notice -> LOG.warn("{}", notice))) {
      TrainingRun.Plan plan =
          new TrainingRun.Plan(
              start.definition(),
              strategy,
              job.schedule(),
              settings.strategy().ledger(job.schedule(), shards, notice -> LOG.warn("{}", notice)),
              LossScale.EXAMPLE,
              new Cadence(1, Cadence.Unit.EPOCHS),
              Optional.empty(),
              new Cadence(Long.MAX_VALUE, Cadence.Unit.EPOCHS),
              Optional.empty(),
              Map.of());
      RunResult result = new TrainingRun(plan, new RunListener() {}).execute(start.state());
      LOG.info(
          "{}: {} examples trained in {} s, loss {}",
          params.uid(),
          result.examples(),
          result.seconds(),
          result.loss());
      return result.state();
    }
  }
}
