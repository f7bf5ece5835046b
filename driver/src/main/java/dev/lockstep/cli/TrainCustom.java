package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Schema;
import dev.lockstep.data.TargetMethod;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.data.image.PictureChoice;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.models.file.NetworkFile;
import dev.lockstep.models.network.ClassWeights;
import dev.lockstep.models.network.DenseNetwork;
import dev.lockstep.models.network.FineTuning;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.task.CustomTask;
import dev.lockstep.train.ModelInputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep train custom}. */
@Command(
    name = "custom",
    description = "A network of your own on data of your own.",
    mixinStandardHelpOptions = true,
    defaultValueProvider = Defaults.Custom.class,
    footer = {
      "",
      "Networks that have a name; all of classes, of which the data must have as many:",
      "  softmax   784-10, softmax regression; SGD",
      "  mlp       784-128-10, ReLU and softmax; SGD",
      "  wide      784-4096-4096-10, ReLU and softmax; Adam",
      "  lenet     LeNet-5 for pictures of 28×28, 10 classes; Adam",
      "  cifar     32×32×3: three convolutions with batch normalisation, dense 128, 10 classes;"
          + " Adam",
      "  resnet20  32×32×3: the residual network of He et al. 2016, 10 classes; momentum",
      "  lstm      the next of 64 characters, with --sequence-length: 128 LSTM units; Adam",
      "",
      "dense is made for the data: softmax or linear regression, or with --task multi-label a sigmoid",
      "for each label; dense:64,32 has hidden layers of these sizes with ReLU; Adam.",
      "Other networks are the JSON that toJson() of DL4J's MultiLayerConfiguration or of its",
      "ComputationGraphConfiguration writes, or a model zip, which is trained on from where it is.",
      "All are trained for 10 epochs by their own optimizer at its own learning rate. --optimizer",
      "without --learning-rate has 0.01 times the number of workers, at most 32, with momentum 8. Of",
      "adam it is 0.001 times that, at most 8, with a second moment that decays as many times as fast,",
      "and with an outer optimizer the first as well. Such a rate rises in the first epochs, of sgd",
      "only with more than 32 workers: --warmup.",
      "",
      "Examples:",
      "  lockstep train custom --network lenet --data mnist --epochs 5",
      "  lockstep train custom --network resnet20 --data pictures/train --test pictures/test",
      "  lockstep train custom --network runs/custom/model.zip --data mnist --learning-rate 1e-4",
      "  lockstep train custom --network dense:32 --data people.csv --labels income --epochs 20",
      "  lockstep train custom --network net.json --data train.csv --labels price --test test.csv",
      "  lockstep train custom --network graph.json --data flats.csv --input-columns"
          + " sizes=rooms,area --input-columns places=town",
      "  lockstep train custom --network lstm --data book.txt --sequence-length 64 --epochs 20"
    })
final class TrainCustom implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--network",
      paramLabel = "NAME|JSON|ZIP|DIR",
      required = true,
      completionCandidates = NetworkName.Candidates.class,
      description =
          "The network: one of those below by name, DL4J's JSON, a model zip or a model directory.")
  private String network;

  @Mixin private DataOptions data;
  @Mixin private InputColumnsOption columns;

  @Option(
      names = "--validation",
      paramLabel = "PATH",
      description =
          "Data to look at while training. Default: mnist and fashion have their own, others none.")
  private String validationData;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description =
          "Data to test the trained model on; of a data set in parts, such as mnist, the test data."
              + " Default: likewise.")
  private String testData;

  @Option(
      names = "--normalise",
      paramLabel = "auto|none|scale|standardise",
      description =
          "How features become inputs: as they are, scaled to 0..1, or to mean 0 and deviation 1,"
              + " as measured on the training data. It is saved with the model. Default: scale for"
              + " pictures, none for tables; that of a model zip, which is trained on.")
  private NormalisationMethod normalise;

  @Option(
      names = "--mean",
      paramLabel = "M,…",
      split = ",",
      description =
          "Normalise by these means instead: one for all values, or one for each channel, of pixels"
              + " from 0 to 1; or one for each column. Needs --deviation.")
  private List<Double> mean;

  @Option(
      names = "--deviation",
      paramLabel = "D,…",
      split = ",",
      description = "The standard deviations that belong to --mean.")
  private List<Double> deviation;

  @Option(
      names = "--normalise-targets",
      paramLabel = "auto|none|standardise",
      description =
          "What a regression learns: targets as they are, or standardised to mean 0 and deviation"
              + " 1, as measured on the training data. It is saved with the model, and predictions"
              + " and mse, mae and r2 are in the data's units; losses are of what is learnt. auto"
              + " standardises where a target's mean is beyond -10..10 or its deviation beyond"
              + " 0.1..10, and the network ends in identity with MSE, L2, MAE or L1. Default: auto;"
              + " that of a model zip, which is trained on.")
  private TargetMethod normaliseTargets;

  @Option(
      names = "--freeze",
      paramLabel = "UNTIL-LAYER",
      description =
          "Of a model zip: layers up to this one, a number or name that lockstep show tells, stay"
              + " as they are, to the bit.")
  private String freeze;

  @Option(
      names = "--new-output",
      paramLabel = "CLASSES",
      description =
          "Of a model zip: the last layer begins anew, with so many outputs. Classes are those of"
              + " the data.")
  private Integer newOutput;

  @Option(
      names = "--class-weights",
      paramLabel = "balanced|FILE",
      description =
          "How much examples of each class count in loss and gradient: balanced, each class alike"
              + " however many it has; or a CSV file of classes and weights. Default: all alike.")
  private String classWeights;

  @Option(
      names = "--augment",
      paramLabel = "CHANGE,…",
      description = {
        "Change pictures at random while they are trained, in each epoch anew: flip (left and"
            + " right), shift:PIXELS, crop:PIXELS (of a mirrored border), rotate:DEGREES,"
            + " erase:PIXELS (a square), brightness:PART, contrast:PART; such as flip,crop:4."
            + " Depends on --seed, not on --workers. The report shows what the network saw."
            + " Default: none."
      })
  private Augmentation augmentation = Augmentation.NONE;

  @Mixin private TrainingOptions options;
  @Mixin private ValidationOptions validation;

  @Override
  public Integer call() {
    options.validate();
    validation.validate();
    if ((mean == null) != (deviation == null) || mean != null && normalise != null) {
      throw new ParameterException(
          spec.commandLine(), "--mean and --deviation belong together, without --normalise");
    }
    Optional<DenseNetwork> dense = NetworkName.dense(network);
    if (dense.isPresent()) {
      expectTrained(Optional.empty());
    }
    Optional<NetworkFile> read =
        dense.isPresent() ? Optional.empty() : Optional.of(tuned(NetworkName.read(network)));
    return TrainingSession.train(
        spec.commandLine(),
        "custom",
        spark -> read.isPresent() ? task(spark, read.get()) : task(spark, dense.orElseThrow()),
        options,
        Optional.of(validation));
  }

  /** A network made for the data. */
  private CustomTask task(JavaSparkContext spark, DenseNetwork dense) {
    Optional<DataParts> parts = data.parts(spark);
    Map<String, String> folders = parts.isPresent() ? Map.of() : data.folders(spark);
    DataSource training =
        parts
            .map(DataParts::train)
            .orElseGet(() -> DataSources.open(spark, in(folders, "train", data.location())));
    Schema schema = training.schema();
    return task(
        spark,
        NetworkName.made(network, dense, schema, outputs(schema), options.seed),
        parts,
        folders,
        training);
  }

  private DenseNetwork.Task outputs(Schema schema) {
    if (schema.classes() > 0) {
      return DenseNetwork.Task.CLASSIFICATION;
    }
    return data.ofSeveralLabels() ? DenseNetwork.Task.MULTI_LABEL : DenseNetwork.Task.REGRESSION;
  }

  private Optional<ClassWeights> weights(JavaSparkContext spark, DataSource training) {
    Optional<ClassWeights> weights =
        Optional.ofNullable(classWeights)
            .map(text -> new ClassWeightsChoice(text).of(spark, training));
    weights.ifPresent(
        known ->
            Notes.tell(
                OutputOptions.console(spec),
                ClassWeightsChoice.note(known, training.schema().classNames())));
    return weights;
  }

  private FineTuning tuning() {
    return new FineTuning(
        Optional.ofNullable(freeze),
        newOutput == null ? OptionalInt.empty() : OptionalInt.of(newOutput));
  }

  private void expectTrained(Optional<ModelFile> model) {
    if (!tuning().equals(FineTuning.NONE) && model.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--freeze and --new-output are of a trained network: --network %s is none, but a model zip is"
              .formatted(network));
    }
  }

  private NetworkFile tuned(NetworkFile file) {
    FineTuning tuning = tuning();
    if (newOutput != null && newOutput < 1) {
      throw new ParameterException(
          spec.commandLine(), "--new-output must be at least 1, not " + newOutput);
    }
    expectTrained(file.model());
    file.model().ifPresent(model -> data.as(model, file.path()));
    return new NetworkFile(file.path(), tuning.apply(file.definition()), file.model());
  }

  private CustomTask task(JavaSparkContext spark, NetworkFile file) {
    Optional<DataParts> parts = data.parts(spark);
    Map<String, String> folders = parts.isPresent() ? Map.of() : data.folders(spark);
    DataSource training =
        parts
            .map(own -> NetworkShape.coded(known(own.train(), file), file.definition()))
            .orElseGet(() -> training(spark, file, in(folders, "train", data.location())));
    return task(spark, file, parts, folders, training);
  }

  private CustomTask task(
      JavaSparkContext spark,
      NetworkFile file,
      Optional<DataParts> parts,
      Map<String, String> folders,
      DataSource training) {
    Notes.tell(OutputOptions.console(spec), training);
    if (training.preprocessing().isEmpty()) {
      file.model()
          .flatMap(data::note)
          .ifPresent(note -> Notes.tell(OutputOptions.console(spec), note));
    }
    data.tellWeights(training.schema());
    ModelShape.expect(file.definition(), training, file.path());
    columns.expectTaken(training);
    if (data.ofSeveralLabels()) {
      ModelShape.expectSeveralLabels(file.definition(), file.path());
    }
    DataBeside beside = new DataBeside(spark, OutputOptions.console(spec), data, training);
    return new CustomTask(
        file,
        columns.config(data.config()),
        training,
        beside.part(or(validationData, folders.get("validation")), DataParts::validation, parts),
        beside.part(or(testData, folders.get("test")), DataParts::test, parts),
        Optional.ofNullable(normalise),
        Optional.ofNullable(normaliseTargets),
        augmentation,
        given(training.schema()),
        tuning(),
        weights(spark, training));
  }

  private Optional<Normalisation> given(Schema schema) {
    return mean == null
        ? Optional.empty()
        : Optional.of(Normalisation.given(schema, mean, deviation));
  }

  /** Columns and, where the data has no others, classes are those of a model that is trained on. */
  private DataSource training(JavaSparkContext spark, NetworkFile file, DataLocation whole) {
    if (file.model().isEmpty()) {
      return NetworkData.open(spark, columns.of(whole, file.definition()), file.definition());
    }
    ModelFile model = file.model().get();
    DataLocation known = whole.withColumns(ModelInputs.columns(model, file.path()));
    Optional<TableRecipe> recipe = ModelInputs.recipe(model, file.path());
    recipe.ifPresent(learnt -> columns.expectNone());
    DataLocation location =
        recipe
            .map(known::withPictures)
            .orElseGet(() -> columns.of(pictures(model, file, known), file.definition()));
    DataSource source = NetworkData.open(spark, location, file.definition());
    List<String> names = source.schema().classNames();
    List<String> learnt = ModelInputs.classNames(model, file.path()).orElse(names);
    if (learnt.equals(names) || newOutput != null) {
      return source;
    }
    if (learnt.containsAll(names)) {
      return NetworkData.open(
          spark, location.withTask(Task.CLASSIFICATION).withClassNames(learnt), file.definition());
    }
    tellReplaced(file, learnt, names);
    return source;
  }

  /** The same of a part, whose columns and classes have their names already. */
  private DataSource known(DataSource part, NetworkFile file) {
    if (file.model().isEmpty()) {
      return part;
    }
    ModelFile model = file.model().get();
    List<String> columns = ModelInputs.columns(model, file.path());
    List<String> known = ModelInputs.classNames(model, file.path()).orElse(List.of());
    List<String> found = part.schema().classNames();
    boolean others = !known.containsAll(found) && !found.equals(Schema.numbered(known.size()));
    if (others && !known.isEmpty()) {
      tellReplaced(file, known, found);
    }
    return DataSources.asKnown(part, columns, others ? List.of() : known, data.location().data());
  }

  private void tellReplaced(NetworkFile file, List<String> known, List<String> names) {
    Notes.tell(
        OutputOptions.console(spec),
        "%s: learnt other classes, %s: they are replaced by %s"
            .formatted(file.path(), String.join(", ", known), String.join(", ", names)));
  }

  /** Pictures as the model has learnt them, unless somebody says something else. */
  private static DataLocation pictures(ModelFile model, NetworkFile file, DataLocation location) {
    PictureChoice said = PictureChoice.of(location.pictures());
    return ModelInputs.pictures(model, file.path())
        .map(said::over)
        .map(location::withPictures)
        .orElse(location);
  }

  private static DataLocation in(Map<String, String> folders, String part, DataLocation whole) {
    return whole.withData(folders.getOrDefault(part, whole.data()));
  }

  private static String or(String given, String own) {
    return given == null ? own : given;
  }
}
