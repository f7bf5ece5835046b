package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.image.PictureChoice;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.report.Console;
import dev.lockstep.report.EvaluationTable;
import dev.lockstep.report.Figures;
import dev.lockstep.report.JobProgress;
import dev.lockstep.report.LeftOut;
import dev.lockstep.strategy.Shards;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.DistributedEvaluation;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Evaluation.MultiLabel;
import dev.lockstep.train.Evaluation.Regression;
import dev.lockstep.train.ModelInputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Test a trained model: of a classifier, accuracy, each class, and the confusion matrix; of"
          + " one whose rows may have several labels, as networks with several sigmoid outputs and"
          + " the binary cross-entropy (XENT) are for, subset accuracy, Hamming loss, micro and"
          + " macro F1, and each label; of another, the mean squared and the mean absolute error,"
          + " and R2."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep evaluate --model runs/mnist",
      "  lockstep evaluate --model runs/custom --data test.csv --labels price",
      "  lockstep evaluate --model runs/custom --data test.csv --labels price --by town"
    })
final class EvaluateCommand implements Callable<Integer> {

  /** A part of an MNIST-like data set. */
  enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    DataSource of(DataParts data) {
      Optional<DataSource> part =
          switch (this) {
            case TRAIN -> Optional.of(data.train());
            case VALIDATION -> data.validation();
            case TEST -> data.test();
          };
      return part.orElseThrow(this::isMissing);
    }

    UserError isMissing() {
      return new UserError(
          "the data has no part %s: choose another --split"
              .formatted(name().toLowerCase(Locale.ROOT)));
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private DataOptions data;

  @Mixin private MemoryOption memory;

  @Option(
      names = "--split",
      paramLabel = "train|validation|test",
      description = "Which part of data that has parts. Default: test.")
  private Split split;

  @Option(
      names = "--by",
      paramLabel = "COLUMN",
      description =
          "Of tables, tell also how each group of rows did, by the values of this column, whether"
              + " the model has learnt from it or not. The 100 largest groups are told.")
  private String by;

  @Override
  public Integer call() {
    ModelFile file = model.open();
    data.expectOrderOf(file);
    data.as(file, model.path());
    try (JavaSparkContext spark = Sessions.open("evaluate", memory.settings())) {
      DataSource source =
          data.parts(spark)
              .map(parts -> Objects.requireNonNullElse(split, Split.TEST).of(parts))
              .map(part -> known(part, file))
              .map(part -> NetworkShape.coded(part, file.definition()))
              .orElseGet(() -> whole(spark, file));
      Preflight.expect(spark, Preflight.reads("data", source.paths()));
      ModelShape.expect(file.definition(), source, model.path());
      Normalisation normalisation = ModelInputs.normalisation(file, model.path(), source.schema());
      Console console = OutputOptions.console(spec);
      Notes.tell(console, source);
      data.tellWeights(source.schema());
      if (source.preprocessing().isEmpty()) {
        data.note(file).ifPresent(note -> Notes.tell(console, note));
      }
      try (Shards shards = LeftOut.load(console, spark, source, normalisation)) {
        Supplier<Evaluation> evaluate =
            () ->
                DistributedEvaluation.of(
                    spark, shards, source.preprocessing(), file.definition(), file.state());
        Evaluation found = JobProgress.during(spark, console, "evaluate", evaluate);
        show(console, found, names(source), source.schema().steps());
        if (NetworkShape.task(file.definition(), source.schema()) == NetworkTask.MULTI_LABEL) {
          tellLabels(console, found);
        }
        if (by != null) {
          byGroup(console, spark, file, source, normalisation);
        }
        ModelInputs.standardisedTargets(normalisation)
            .ifPresent(line -> console.progress("notice", Map.of("text", line), line));
      }
    }
    return ExitCode.OK;
  }

  private static void tellLabels(Console console, Evaluation found) {
    Notes.tell(
        console,
        found instanceof MultiLabel
            ? EvaluationTable.labelsExplained()
            : "labels are told as numbers: not all are 0 or 1, as several labels of a row are");
  }

  private void byGroup(
      Console console,
      JavaSparkContext spark,
      ModelFile file,
      DataSource source,
      Normalisation normalisation) {
    DataLocation table = location(file);
    table =
        ModelInputs.recipe(file, model.path())
            .map(TableRecipe::names)
            .map(table::withColumns)
            .orElse(table);
    GroupsBy groups = GroupsBy.open(spark, table, source, by);
    Map<String, Evaluation> evaluated =
        JobProgress.during(
            spark, console, "evaluate by " + by, () -> groups.evaluate(spark, file, normalisation));
    if (groups.others() > 0) {
      Notes.tell(
          console,
          "column %s has %s values: the %s of most rows are told, the others together"
              .formatted(by, Figures.count(groups.others() + GroupsBy.MOST), GroupsBy.MOST));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    evaluated.forEach(
        (name, group) -> {
          Map<String, Object> figures = new LinkedHashMap<>();
          figures.put("examples", group.examples());
          figures.putAll(EvaluationTable.figures(group));
          figures.put("loss", group.score().loss());
          fields.put(name, figures);
        });
    List<String> targets = source.schema().classes() > 0 ? List.of() : source.labels();
    console.result(
        "groups",
        Map.of("by", by, "groups", fields, "others", groups.others()),
        System.lineSeparator()
            + EvaluationTable.byGroup(evaluated, by, targets, groups.others()).stripTrailing());
  }

  /** Columns and classes have their names already. */
  private DataSource known(DataSource part, ModelFile file) {
    return DataSources.asKnown(
        part,
        ModelInputs.columns(file, model.path()),
        ModelInputs.classNames(file, model.path()).orElse(List.of()),
        data.location().data());
  }

  private DataSource whole(JavaSparkContext spark, ModelFile file) {
    Map<String, String> folders = data.folders(spark);
    if (folders.isEmpty() && split != null) {
      throw new UserError(
          "--split %s: the data has no parts: leave it out, or name data that lockstep prepare has split"
              .formatted(split.name().toLowerCase(Locale.ROOT)));
    }
    Split chosen = Objects.requireNonNullElse(split, Split.TEST);
    String part = chosen.name().toLowerCase(Locale.ROOT);
    if (!folders.isEmpty() && !folders.containsKey(part)) {
      throw chosen.isMissing();
    }
    DataLocation location = location(file);
    return NetworkData.open(
        spark, location.withData(folders.getOrDefault(part, location.data())), file.definition());
  }

  /** Classes and pictures as the model knows them. */
  private DataLocation location(ModelFile file) {
    DataLocation location = data.location().withColumns(ModelInputs.columns(file, model.path()));
    Optional<List<String>> classes = ModelInputs.classNames(file, model.path());
    if (classes.isPresent()) {
      location = location.withTask(Task.CLASSIFICATION).withClassNames(classes.get());
    }
    Optional<TableRecipe> recipe = ModelInputs.recipe(file, model.path());
    if (recipe.isPresent()) {
      return location.withPictures(recipe.get());
    }
    PictureChoice said = PictureChoice.of(location.pictures());
    return ModelInputs.pictures(file, model.path())
        .map(said::over)
        .map(location::withPictures)
        .orElse(location);
  }

  /** Of classes, or of what else is learnt. */
  private static List<String> names(DataSource source) {
    Schema schema = source.schema();
    if (schema.classes() > 0) {
      return schema.classNames();
    }
    return source.labels().size() == schema.targets()
        ? source.labels()
        : Schema.numbered(schema.targets());
  }

  private static void show(Console console, Evaluation evaluation, List<String> names, int steps) {
    StringBuilder lines = new StringBuilder(EvaluationTable.line(evaluation));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("examples", evaluation.examples());
    fields.putAll(EvaluationTable.figures(evaluation));
    if (evaluation instanceof Classification classifier) {
      ConfusionMatrix confusion = classifier.confusion();
      lines.append(
          "%n%s%s%n%n%s%n%s"
              .formatted(
                  EvaluationTable.byClass(confusion),
                  steps > 1 ? EvaluationTable.eachStep(classifier) : "",
                  EvaluationTable.perClass(confusion, names),
                  steps > 1 ? "" : EvaluationTable.matrix(confusion, names)));
      fields.put("confusion", confusion.counts());
      if (steps > 1) {
        fields.put("loss", classifier.score().loss());
      }
    } else if (evaluation instanceof MultiLabel told) {
      lines.append("%n%n%s".formatted(EvaluationTable.perLabel(told.labels(), names)));
      fields.put("labels", EvaluationTable.figuresOf(told.labels(), names));
      fields.put("loss", told.score().loss());
    } else if (evaluation instanceof Regression regression) {
      if (regression.targets().size() > 1) {
        lines.append("%n%n%s".formatted(EvaluationTable.perTarget(regression, names)));
        fields.put("targets", EvaluationTable.figuresOf(regression, names));
      }
      fields.put("loss", regression.score().loss());
    }
    console.result("evaluated", fields, lines.toString().stripTrailing());
  }
}
