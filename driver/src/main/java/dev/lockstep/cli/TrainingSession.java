package dev.lockstep.cli;

import dev.lockstep.doctor.JobPath;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.report.AugmentedSheet;
import dev.lockstep.report.Console;
import dev.lockstep.report.ConsoleProgress;
import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.Figures;
import dev.lockstep.report.LeftOut;
import dev.lockstep.report.ReadProgress;
import dev.lockstep.report.RunMetrics;
import dev.lockstep.report.WronglyRead;
import dev.lockstep.run.ModelDirectory;
import dev.lockstep.run.Reports;
import dev.lockstep.run.RunArtifacts;
import dev.lockstep.run.RunArtifacts.Pictures;
import dev.lockstep.run.RunAttempt;
import dev.lockstep.spark.ApplicationAttempt;
import dev.lockstep.spark.Interruption;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.task.Start;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.CannotResume;
import dev.lockstep.train.HadoopCheckpointFolder;
import dev.lockstep.train.PreparedRun;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.RunResult.Ending;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;

/** One {@code lockstep train}: from options to a tested and saved model. */
final class TrainingSession {
  private final CommandLine commandLine;
  private final Console console;
  private final JavaSparkContext spark;
  private final TrainingTask task;
  private final TrainingOptions options;
  private final Optional<ValidationOptions> validation;
  private final ModelDirectory directory;
  private final CheckpointFolder checkpoints;
  private final RunAttempt attempt;

  private TrainingSession(
      CommandLine commandLine,
      JavaSparkContext spark,
      TrainingTask task,
      TrainingOptions options,
      Optional<ValidationOptions> validation) {
    this.commandLine = commandLine;
    console = OutputOptions.console(commandLine.getCommandSpec());
    this.spark = spark;
    this.task = task;
    this.options = options;
    this.validation = validation;
    Configuration hadoop = spark.hadoopConfiguration();
    directory = named("--model-dir", () -> new ModelDirectory(options.modelDir, hadoop));
    checkpoints =
        options.checkpointDir == null
            ? directory.checkpoints()
            : named(
                "--checkpoint-dir", () -> HadoopCheckpointFolder.at(options.checkpointDir, hadoop));
    attempt = new RunAttempt(ApplicationAttempt.of(spark), checkpoints);
  }

  private static <T> T named(String option, Supplier<T> folder) {
    try {
      return folder.get();
    } catch (IllegalArgumentException e) {
      throw new UserError("%s %s".formatted(option, e.getMessage()));
    }
  }

  /**
   * Trains, tests and saves.
   *
   * @param name of the task
   * @param opener gives the task
   * @param validation how to look at the task's validation data; empty if it has none
   */
  static int train(
      CommandLine commandLine,
      String name,
      Function<JavaSparkContext, TrainingTask> opener,
      TrainingOptions options,
      Optional<ValidationOptions> validation) {
    try (Ahead<?> libraries = Ahead.of(Nd4j::getBackend);
        JavaSparkContext spark = Sessions.open("train " + name, options.memory.settings())) {
      libraries.get();
      TrainingTask task = opener.apply(spark);
      TrainingSession session = new TrainingSession(commandLine, spark, task, options, validation);
      try (session.directory) {
        return session.train();
      }
    }
  }

  private int train() {
    Preflight.expect(spark, places());
    Strategy strategy = options.strategy.strategy(options.workers);
    int workers = options.workers == null ? strategy.defaultWorkers(spark) : options.workers;
    Start start = task.start(options.startChoice(workers));
    Training training = training(start, strategy, workers);
    try (PreparedRun prepared =
        ReadProgress.during(spark, console, task.training().count(), training::prepare)) {
      RunDescription description =
          new RunDescription(task, options, validation, start, prepared.job());
      Map<String, Object> config = description.config();
      Optional<String> note = ManyWorkers.note(task, prepared.job().schedule().workers(), options);
      note.ifPresent(line -> console.progress("notice", Map.of("text", line), line));
      console.progress("configured", Map.of("config", config), description.headline());
      ContactSheet augmented = AugmentedSheet.of(task.training().schema(), prepared.seen());
      Reports reports = reports(description, augmented);
      note.ifPresent(reports::notice);
      TrainedModel model = run(training.config(config), prepared, reports);
      RunResult result = model.result();
      if (result.ending() == Ending.INTERRUPTED) {
        return interrupted(result, reports);
      }
      new RunArtifacts(spark, task, directory, console)
          .write(
              model.network(),
              result,
              isOnesOwn(config.get("data")) ? prepared.dataHash() : Optional.empty(),
              model.inputs(),
              config,
              reports,
              options.noPlots ? Pictures.NONE : Pictures.ALL);
      return ExitCode.OK;
    } catch (CannotResume e) {
      throw new UserError(e.getMessage() + " without --resume");
    }
  }

  private Training training(Start start, Strategy strategy, int workers) {
    Training training =
        Training.of(spark, start.network(), start.state())
            .data(task.training())
            .normalise(task.normalisation())
            .decode(options.decode)
            .workers(workers)
            .minibatch(options.minibatch(workers))
            .length(options.length().orElse(task.length()))
            .epochEnd(task.epochEnd())
            .ordering(task.ordering())
            .strategy(strategy)
            .learningRates(
                options.learningRates(
                    strategy.makesOwnSteps() ? task.warmup(options.startChoice(workers)) : 0))
            .accumulate(options.accumulate)
            .weightsAverage(options.weights)
            .localStep(options.localStep)
            .seed(options.seed)
            .augment(task.augmentation())
            .lossScale(task.lossScale())
            .display(new Cadence(options.displayEvery, task.unit()))
            .checkpointEvery(new Cadence(options.checkpointEvery, task.unit()))
            .checkpoints(checkpoints)
            .keep(options.keep)
            .loaded((source, read) -> LeftOut.tell(console, spark, source, read))
            .warnings(this::warn);
    if (options.clipping != null) {
      training.gradientClipping(options.clipping);
    }
    task.preprocessing().ifPresent(training::pictures);
    validation.ifPresent(given -> validate(training, given));
    return options.resume || attempt.hasBegun() ? training.resume() : training;
  }

  private void validate(Training training, ValidationOptions given) {
    task.validation()
        .ifPresent(
            data -> {
              long slots = (long) given.every() * options.strategy.averagingPeriod();
              training.validate(data).validateEvery(Cadence.slots(slots));
              given.rule(data.schema()).ifPresent(training::stopEarly);
            });
  }

  private List<JobPath> places() {
    List<JobPath> places = new ArrayList<>();
    Stream.of(Optional.of(task.training()), task.validation(), task.test())
        .flatMap(Optional::stream)
        .forEach(data -> places.addAll(Preflight.reads("data", data.paths())));
    Preflight.expectLasting(spark, "--model-dir", options.modelDir);
    options
        .reports
        .logdir()
        .ifPresent(logs -> Preflight.expectLasting(spark, "--logdir", logs.toString()));
    Preflight.expectLasting(spark, "--checkpoint-dir", checkpoints.location(""));
    places.add(JobPath.writtenByDriver("--model-dir", options.modelDir));
    return places;
  }

  private Reports reports(RunDescription description, ContactSheet augmented) {
    return Reports.of(
        directory,
        checkpoints,
        options.reports.logdir(),
        options.reports.report(directory.folder()),
        description.subject(spark, augmented),
        mistakes -> new WronglyRead(spark, task.validation().orElseThrow()).sheet(mistakes),
        this::warn);
  }

  /** Data without a name that says which it is; of published data each file was verified. */
  private static boolean isOnesOwn(Object data) {
    return data instanceof String place && DataFolder.known(place).isEmpty();
  }

  private TrainedModel run(Training training, PreparedRun prepared, Reports reports) {
    reports.listeners().forEach(training::listen);
    training
        .listen(new ConsoleProgress(console, task::figures))
        .listen(new RunMetrics())
        .listen(attempt)
        .notices(line -> notice(reports, line));
    try (Interruption interruption = Interruption.listen(this::announceStop)) {
      training.interruptedBy(interruption);
      return reports.watch(prepared::run);
    }
  }

  private int interrupted(RunResult result, Reports reports) {
    List<String> again = new ArrayList<>(List.of("lockstep"));
    again.addAll(commandLine.getParseResult().originalArgs());
    if (!options.resume) {
      again.add("--resume");
    }
    String command = again.stream().map(TrainingSession::quoted).collect(Collectors.joining(" "));
    console.result(
        "interrupted",
        Map.of("step", result.steps(), "resume", command),
        "stopped at step %s; to go on: %s".formatted(Figures.count(result.steps()), command));
    reports.interrupted(command);
    return ExitCode.INTERRUPTED;
  }

  /** As a shell takes it for one word. */
  private static String quoted(String argument) {
    return argument.matches("[\\w./:=,@+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private void warn(String warning) {
    commandLine.getErr().println("lockstep: " + warning);
  }

  private void notice(Reports reports, String line) {
    console.progress("notice", Map.of("text", line), line);
    reports.notice(line);
  }

  private void announceStop() {
    console.progress(
        "stopping", Map.of(), "stopping after this round; press Ctrl-C again to stop at once");
  }
}
