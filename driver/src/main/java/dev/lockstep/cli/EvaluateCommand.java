package dev.lockstep.cli;

import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.models.ModelFile;
import dev.lockstep.models.ModelState;
import dev.lockstep.report.EvaluationTable;
import dev.lockstep.strategy.Shards;
import dev.lockstep.task.ModelInputs;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.DistributedEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep evaluate}. */
@Command(
    name = "evaluate",
    description = "Test a trained classifier: accuracy, each class, and the confusion matrix.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: lockstep evaluate --model runs/mnist --data mnist"})
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
      return part.orElseThrow(
          () ->
              new UserError(
                  "the data has no part %s: choose another --split"
                      .formatted(name().toLowerCase(Locale.ROOT))));
    }
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR|ZIP",
      required = true,
      description = "A model directory, or a DL4J model zip.")
  private Path model;

  @Option(
      names = "--data",
      paramLabel = "mnist|fashion|DIR",
      defaultValue = "mnist",
      description =
          "A data set to fetch, a folder with the four IDX files, or one that lockstep prepare"
              + " has written. Default: ${DEFAULT-VALUE}.")
  private String data;

  @Option(
      names = "--split",
      paramLabel = "train|validation|test",
      defaultValue = "test",
      description = "Which part of the data. Default: ${DEFAULT-VALUE}.")
  private Split split;

  @Override
  public Integer call() {
    ModelFile file = ModelDirectory.open(model);
    ModelState state = file.state();
    try (JavaSparkContext spark = Sessions.open("evaluate")) {
      report(spark, file, state, split.of(DataFolder.parts(spark, data)));
    }
    return ExitCode.OK;
  }

  private void report(JavaSparkContext spark, ModelFile file, ModelState state, DataSource source) {
    ModelShape.expect(file, source.schema(), model);
    Normalisation normalisation = ModelInputs.normalisation(file, model, source.schema());
    try (Shards shards = Shards.load(spark, source, spark.defaultParallelism(), normalisation)) {
      ConfusionMatrix confusion =
          DistributedEvaluation.evaluate(spark, shards, file.definition(), state).confusion();
      PrintWriter out = spec.commandLine().getOut();
      out.println(EvaluationTable.accuracy(confusion));
      out.println();
      out.println(EvaluationTable.perClass(confusion));
      out.print(EvaluationTable.matrix(confusion));
      out.flush();
    }
  }
}
