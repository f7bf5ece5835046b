package dev.lockstep.ml;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.InputChannels;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.table.Columns;
import dev.lockstep.table.FeatureColumn;
import dev.lockstep.table.InputColumns;
import dev.lockstep.table.InvalidRows;
import dev.lockstep.table.MixedColumns;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.table.RowSource;
import dev.lockstep.table.Rows;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.NormalisationChoice;
import dev.lockstep.train.PreparedRun;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One {@code fit}: from parameters and rows to a model. */
final class Fit {
  private static final Logger LOG = LoggerFactory.getLogger(Fit.class);

  private final LockstepEstimator<?> params;
  private final Dataset<?> dataset;
  private final JavaSparkContext spark;
  private final TrainingSettings settings;
  private final NetworkTask task;

  private Optional<NetworkDefinition> network = Optional.empty();

  /**
   * @param params that fit the data's schema
   */
  Fit(LockstepEstimator<?> params, Dataset<?> dataset, JavaSparkContext spark) {
    this.params = params;
    this.dataset = dataset;
    this.spark = spark;
    settings = TrainingSettings.of(params);
    task = params.task(dataset.schema());
  }

  LockstepModel run() {
    Optional<StartingNetwork> given = StartingNetwork.given(params, spark.hadoopConfiguration());
    Optional<NetworkShape> shape = given.map(start -> NetworkShape.of(start.definition()));
    network = given.map(StartingNetwork::definition);
    shape.ifPresent(known -> known.expect(task));
    ValidationRows split = ValidationRows.of(params, dataset);
    List<String> known =
        given.flatMap(StartingNetwork::trained).map(StoredModel::classNames).orElse(List.of());
    Optional<TableRecipe> recipe = recipe(given, split.trained());
    Rows rows = rows(split.trained(), shape.map(NetworkShape::classes), known, recipe);
    try (RowSource source = rows.open()) {
      Schema schema = source.schema();
      Optional<RowSource> looked = split.looked().map(table -> openLike(schema, table, recipe));
      try {
        StartingNetwork start = given.orElseGet(() -> dense(schema));
        return fit(rows, source, looked, start.weighted(params.classWeights(source, spark)));
      } finally {
        looked.ifPresent(RowSource::close);
      }
    }
  }

  private StartingNetwork dense(Schema schema) {
    return StartingNetwork.dense(params, task, schema.featureLength(), schema.labelLength());
  }

  private LockstepModel fit(
      Rows rows, RowSource source, Optional<RowSource> looked, StartingNetwork start) {
    FitIdentity.DataHash hash = FitIdentity.of(source, spark);
    String validationHash = looked.map(own -> FitIdentity.of(own, spark).content()).orElse("");
    Training training = training(rows, source, start);
    looked.ifPresent(own -> validate(training, own));
    try (PreparedRun prepared = training.prepare()) {
      source.close();
      FitRecord record =
          FitRecord.of(params, spark, start, training, prepared, hash, validationHash);
      TrainedModel trained = record.run(prepared);
      RunResult result = trained.result();
      LOG.info(
          "{}: {} examples trained in {} s, loss {}",
          params.uid(),
          result.examples(),
          result.seconds(),
          result.loss());
      LockstepModel model =
          new LockstepModel(
              params.uid(),
              new StoredModel(
                  trained.network(),
                  trained.state().averagedModel().orElse(trained.state()),
                  trained.inputs().normalisation(),
                  rows.pictures().orElse(null),
                  trained.inputs().classNames(),
                  trained.inputs().columns(),
                  trained.inputs().recipe().orElse(null),
                  trained.inputs().labels(),
                  record.summary(result, source.count(), stopping(trained.schema()))));
      return model.setNumFeatures(trained.schema().featureLength());
    }
  }

  private Optional<EarlyStopping> stopping(Schema schema) {
    return settings.stopping().map(rule -> rule.on(schema.classes()));
  }

  /** How several columns become features: as the model that is trained on has learnt, or anew. */
  private Optional<TableRecipe> recipe(Optional<StartingNetwork> given, Dataset<?> table) {
    boolean several = params.isSet(params.featuresCols());
    Optional<TableRecipe> learnt =
        given
            .flatMap(StartingNetwork::trained)
            .flatMap(model -> Optional.ofNullable(model.recipe()))
            .filter(recipe -> several);
    if (learnt.isPresent()) {
      MixedColumns.check(table.schema(), learnt.get().names());
      return learnt;
    }
    int columns = several ? params.getOrDefault(params.featuresCols()).length : 1;
    network.ifPresent(known -> InputColumns.expect(known, columns));
    if (!several) {
      return Optional.empty();
    }
    TableRecipe.Made made =
        MixedColumns.recipe(
            table,
            List.of(params.getOrDefault(params.featuresCols())),
            params.getOrDefault(params.labelCol()));
    made.notes().forEach(note -> LOG.info("{}: {}", params.uid(), note));
    network.ifPresent(known -> InputColumns.expect(known, made.recipe().columns().size()));
    return Optional.of(made.recipe());
  }

  private Rows rows(
      Dataset<?> table,
      Optional<Integer> classes,
      List<String> classNames,
      Optional<TableRecipe> recipe) {
    String features = params.getOrDefault(params.featuresCol());
    boolean pictures =
        recipe.isEmpty()
            && FeatureColumn.of(Columns.find(dataset.schema(), "featuresCol", features))
                .hasPictures();
    return new Rows(
        table,
        recipe.map(TableRecipe::names).orElse(List.of(features)),
        params.getOrDefault(params.labelCol()),
        params.isSet(params.idCol())
            ? Optional.of(params.getOrDefault(params.idCol()))
            : Optional.empty(),
        params.isSet(params.weightCol())
            ? Optional.of(params.getOrDefault(params.weightCol()))
            : Optional.empty(),
        task,
        Checks.constant(InvalidRows.class, params.getOrDefault(params.handleInvalid())),
        pictures ? Optional.of(preprocessing()) : Optional.empty(),
        classes.map(OptionalInt::of).orElse(OptionalInt.empty()),
        classNames,
        recipe);
  }

  /** Rows to look at, of the same classes and as many features as those that are trained. */
  private RowSource openLike(Schema trained, Dataset<?> table, Optional<TableRecipe> recipe) {
    Optional<Integer> classes = Optional.of(trained.classes()).filter(count -> count > 0);
    RowSource source = rows(table, classes, trained.classNames(), recipe).open();
    if (source.schema().featureLength() != trained.featureLength()) {
      source.close();
      throw new DataError(
          "rows to validate on: expected %d features, as rows to train have, found %d"
              .formatted(trained.featureLength(), source.schema().featureLength()));
    }
    if (!source.schema().columns().equals(trained.columns())) {
      source.close();
      throw new DataError(
          "rows to validate on: expected the features %s in this order, as rows to train have, found %s"
              .formatted(
                  String.join(", ", trained.columns()),
                  String.join(", ", source.schema().columns())));
    }
    return source;
  }

  private ImagePreprocessing preprocessing() {
    return new ImagePreprocessing(
        (Integer) params.getOrDefault(params.imageWidth()),
        (Integer) params.getOrDefault(params.imageHeight()),
        Checks.constant(ImageFit.class, params.getOrDefault(params.imageFit())),
        Checks.constant(Inversion.class, params.getOrDefault(params.imageInversion())),
        channels());
  }

  /** As the network takes pictures, where nothing is said. */
  private Channels channels() {
    return params.isSet(params.imageChannels())
        ? Checks.constant(Channels.class, params.getOrDefault(params.imageChannels()))
        : network.flatMap(InputChannels::of).flatMap(Channels::of).orElse(Channels.GREY);
  }

  /** A model that is trained on goes on seeing what it has learnt from. */
  private NormalisationChoice normalisation(Rows rows, Schema held, StartingNetwork start) {
    Schema schema =
        new Schema(
            held.featureShape(),
            rows.featureColumn().featureType(),
            held.classNames(),
            held.targets());
    return new NormalisationChoice(
        settings.normalise(),
        params.targetMethod(),
        start
            .trained()
            .map(
                model ->
                    Objects.requireNonNullElseGet(
                        model.normalisation(), () -> Normalisation.usual(schema))));
  }

  private Training training(Rows rows, RowSource source, StartingNetwork start) {
    Training training =
        Training.of(spark, start.definition(), start.state())
            .data(source)
            // Pictures that came to another size have grey levels between whole ones.
            .featuresAs(rows.featureColumn().featureType())
            .normalise(normalisation(rows, source.schema(), start))
            .minibatch(settings.batchSize())
            .length(settings.length())
            .epochEnd(EpochEnd.REMAINDER)
            .ordering(settings.ordering())
            .strategy(settings.strategy())
            .localStep(settings.localStep())
            .learningRates(settings.learningRates())
            .accumulate(settings.accumulate())
            .weightsAverage(settings.weights())
            .seed(settings.seed())
            .lossScale(LossScale.EXAMPLE)
            .checkpointEvery(settings.checkpointEvery())
            .keep(settings.keep())
            .notices(LOG::info);
    settings.clipping().ifPresent(training::gradientClipping);
    settings.workers().ifPresent(training::workers);
    if (params.isSet(params.augment())) {
      training.augment(Augmentation.of(params.getOrDefault(params.augment())));
    }
    return training;
  }

  private void validate(Training training, RowSource looked) {
    training.validate(looked).validateEvery(settings.validateEvery());
    settings.stopping().ifPresent(training::stopEarly);
  }
}
