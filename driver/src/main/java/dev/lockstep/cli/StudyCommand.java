package dev.lockstep.cli;

import dev.lockstep.data.FileSystems;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.report.Console;
import dev.lockstep.report.Environment;
import dev.lockstep.report.html.StudyReport;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.WeightsAverage;
import dev.lockstep.study.AveragingName;
import dev.lockstep.study.StudyCell;
import dev.lockstep.study.StudyFolder;
import dev.lockstep.study.StudyGrid;
import dev.lockstep.study.StudyRow;
import dev.lockstep.study.StudyTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep study}. */
@Command(
    name = "study",
    description = {
      "Train all combinations of workers, averaging, optimizers and seeds, and tell what comes out.",
      "Each is one Spark task, in which its workers train one after the other, to the bits of the"
          + " same training on a cluster; tasks go on in parallel. What is trained is kept in --out,"
          + " and not trained again, unless its network, data or default rate changed: a study that"
          + " was interrupted goes on where it was, and one with more values trains the rest. One"
          + " process is trained for each kind, to compare with."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Prints, for each kind, the median and range of test accuracy over seeds, what is more than",
      "with one process, how often workers agreed, and what each sent for it.",
      "",
      "Examples:",
      "  lockstep study --workers 4,16,64 --periods 1,10,100,epoch,auto --optimizers sgd,adam",
      "  lockstep study --networks mlp --data fashion --outers none,slowmo,post-local+diloco --seeds 5"
    })
final class StudyCommand implements Callable<Integer> {
  static final String DEFAULT = "default";

  /** A comma, but for those between the sizes of {@code dense:64,32}. */
  private static final String BETWEEN_NETWORKS = ",(?!\\d+(?:,|$))";

  @Spec private CommandSpec spec;

  @Option(
      names = "--networks",
      paramLabel = "NAME,…",
      split = BETWEEN_NETWORKS,
      splitSynopsisLabel = ",",
      defaultValue = "softmax",
      description =
          "softmax, as in train mnist; others as in train custom --network, such as"
              + " lenet,dense:64,32. Default: ${DEFAULT-VALUE}.")
  private List<String> networks;

  @Option(
      names = "--data",
      paramLabel = "mnist|fashion|DIR,…",
      split = ",",
      defaultValue = "mnist",
      description = "Data of classes, with a part to test on. Default: ${DEFAULT-VALUE}.")
  private List<String> data;

  @Option(
      names = "--workers",
      paramLabel = "N,…",
      split = ",",
      defaultValue = "4,16",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> workers;

  @Option(
      names = "--periods",
      paramLabel = "N|epoch|auto|gradients,…",
      split = ",",
      defaultValue = "1,10,100",
      description =
          "Minibatches between two averages of parameters; gradients averages these at each step."
              + " Default: ${DEFAULT-VALUE}.")
  private List<String> periods;

  @Option(
      names = "--outers",
      paramLabel = "NAME,…",
      split = ",",
      defaultValue = "none",
      description =
          "What is made of averages: none, slowmo, diloco, post-local (after an epoch of gradients),"
              + " RULE:RATE:MOMENTUM as of train --outer, local-sgd (diloco, by minibatches that"
              + " together are one of --batch-size), or post-local+ or local-sgd+ one of these. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> outers;

  @Option(
      names = "--optimizers",
      paramLabel = "sgd|nesterovs|adam,…",
      split = ",",
      defaultValue = "sgd",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<Optimizer> optimizers;

  @Option(
      names = "--learning-rates",
      paramLabel = "RATE,…",
      split = ",",
      defaultValue = DEFAULT,
      description = "default is what train would use. Default: ${DEFAULT-VALUE}.")
  private List<String> rates;

  @Option(
      names = "--learning-rate-schedules",
      paramLabel = "SCHEDULE,…",
      split = ",",
      defaultValue = "constant",
      description =
          "As of train --learning-rate-schedule, and +warmup:EPOCHS; warm-up"
              + " is otherwise that of train. Default: ${DEFAULT-VALUE}.")
  private List<String> schedules;

  @Option(
      names = "--weights-averages",
      paramLabel = "AVERAGE,…",
      split = ",",
      defaultValue = "none",
      description =
          "As of train --weights-average; accuracy then is of the averaged weights. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> weights;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Of each training. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Examples in a minibatch of one worker. Default: ${DEFAULT-VALUE}.")
  private int minibatch;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Seeds 1 to N. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/study",
      description = "Where results are kept. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Override
  public Integer call() {
    StudyGrid grid = grid();
    List<StudyCell> cells = grid.cells();
    StudyFolder<StudyRow> folder = StudyRunner.folder(out, StudyRow.class);
    try (JavaSparkContext spark = Sessions.open("study")) {
      Console console = OutputOptions.console(spec);
      StudyRunner<StudyRow> runner = new StudyRunner<>(spark, console, folder);
      List<StudyRow> rows;
      try (StudyTrainings trainings = new StudyTrainings(spark, console)) {
        trainings.expect(networks, data);
        rows = runner.run(cells, trainings::prepared);
      }
      console.result("studied", Map.of("rows", rows), StudyTable.of(rows).stripTrailing());
      runner.save(rows);
      Path report = out.resolve("report.html");
      new StudyReport(rows).save(report, Environment.of(spark));
      console.result("reported", Map.of("file", report.toString()), "report in " + report);
    } catch (IOException e) {
      throw new UserError("%s: cannot be written: %s".formatted(out, FileSystems.message(e)));
    }
    return ExitCode.OK;
  }

  private StudyGrid grid() {
    atLeastOne("--epochs", epochs);
    atLeastOne("--batch-size", minibatch);
    atLeastOne("--seeds", seeds);
    workers.forEach(count -> atLeastOne("--workers", count));
    for (String period : periods) {
      check("--periods", () -> new AveragingName(period, "none"));
    }
    for (String outer : outers) {
      check("--outers", () -> new AveragingName("1", outer));
    }
    rates.stream().filter(rate -> !rate.equals(DEFAULT)).forEach(this::checkRate);
    schedules.forEach(
        shape -> check("--learning-rate-schedules", () -> LearningRates.of(shape, 0)));
    weights.forEach(average -> check("--weights-averages", () -> WeightsAverage.of(average)));
    return new StudyGrid(
        networks,
        data,
        workers,
        periods,
        outers,
        optimizers.stream().map(rule -> rule.name().toLowerCase(Locale.ROOT)).toList(),
        rates,
        schedules,
        weights,
        epochs,
        minibatch,
        seeds);
  }

  private void checkRate(String rate) {
    check(
        "--learning-rates",
        () -> {
          if (!(Double.parseDouble(rate) > 0)) {
            throw new IllegalArgumentException("must be more than 0, not " + rate);
          }
        });
  }

  private void check(String option, Runnable reading) {
    try {
      reading.run();
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), option + ": expected numbers or default, " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
    }
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least 1, not " + value);
    }
  }
}
