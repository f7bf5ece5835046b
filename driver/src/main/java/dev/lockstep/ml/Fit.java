package dev.lockstep.ml;

import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.table.Columns;
import dev.lockstep.table.FeatureColumn;
import dev.lockstep.table.InvalidRows;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.RowSource;
import dev.lockstep.table.Rows;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.NormalisationChoice;
import dev.lockstep.train.PreparedRun;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
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

  /**
   * @param params that fit the data's schema
   */
  Fit(LockstepEstimator<?> params, Dataset<?> dataset, JavaSparkContext spark) {
    this.params = params;
    this.dataset = dataset;
    this.spark = spark;
    settings = TrainingSettings.of(params);
  }

  LockstepModel run() {
    Optional<StartingNetwork> given = StartingNetwork.given(params, spark.hadoopConfiguration());
    Optional<NetworkShape> shape = given.map(start -> NetworkShape.of(start.definition()));
    shape.ifPresent(known -> known.expect(params.task()));
    Rows rows = rows(shape);
    try (PreparedRun prepared = prepare(rows, given)) {
      TrainedModel trained = prepared.run();
      LOG.info(
          "{}: {} examples trained in {} s, loss {}",
          params.uid(),
          trained.result().examples(),
          trained.result().seconds(),
          trained.result().loss());
      LockstepModel model =
          new LockstepModel(
              params.uid(),
              new StoredModel(
                  trained.network(),
                  trained.state(),
                  trained.inputs().normalisation(),
                  rows.pictures().orElse(null),
                  trained.inputs().classNames(),
                  trained.inputs().columns()));
      return model.setNumFeatures(trained.schema().featureLength());
    }
  }

  private Rows rows(Optional<NetworkShape> network) {
    String features = params.getOrDefault(params.featuresCol());
    FeatureColumn column =
        FeatureColumn.of(Columns.find(dataset.schema(), "featuresCol", features));
    return new Rows(
        dataset,
        features,
        params.getOrDefault(params.labelCol()),
        params.isSet(params.idCol())
            ? Optional.of(params.getOrDefault(params.idCol()))
            : Optional.empty(),
        params.task(),
        Checks.constant(InvalidRows.class, params.getOrDefault(params.handleInvalid())),
        column.hasPictures() ? Optional.of(preprocessing()) : Optional.empty(),
        network.map(known -> OptionalInt.of(known.classes())).orElse(OptionalInt.empty()));
  }

  private ImagePreprocessing preprocessing() {
    return new ImagePreprocessing(
        (Integer) params.getOrDefault(params.imageWidth()),
        (Integer) params.getOrDefault(params.imageHeight()),
        Checks.constant(ImageFit.class, params.getOrDefault(params.imageFit())),
        Checks.constant(Inversion.class, params.getOrDefault(params.imageInversion())));
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

  private PreparedRun prepare(Rows rows, Optional<StartingNetwork> given) {
    try (RowSource source = rows.open()) {
      StartingNetwork start =
          given.orElseGet(
              () ->
                  StartingNetwork.dense(
                      params, source.schema().featureLength(), source.schema().labelLength()));
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
              .seed(settings.seed())
              .lossScale(LossScale.EXAMPLE)
              .notices(LOG::info);
      settings.workers().ifPresent(training::workers);
      return training.prepare();
    }
  }
}
