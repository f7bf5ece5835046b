package dev.lockstep.cli;

import dev.lockstep.cli.RunArtifacts.Pictures;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.doctor.JobPath;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.report.Console;
import dev.lockstep.report.ConsoleProgress;
import dev.lockstep.report.Figures;
import dev.lockstep.report.RunMetrics;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.task.ModelInputs;
import dev.lockstep.task.Start;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.Listeners;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.RunResult.Ending;
import dev.lockstep.train.TrainingRun;
import dev.lockstep.train.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;

/** One {@code lockstep train}: from options to a tested and saved model. */
final class TrainingSession {
  private final CommandLine commandLine;
  private final Console console;
  private final JavaSparkContext spark;
  private final TrainingTask task;
  private final TrainingOptions options;
  private final Optional<ValidationOptions> validation;

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
    try (JavaSparkContext spark = Sessions.open("train " + name)) {
      TrainingTask task = opener.apply(spark);
      return new TrainingSession(commandLine, spark, task, options, validation).train();
    }
  }

  /** A run before it begins. */
  private record Prepared(
      Start start, Shards shards, Normalisation normalisation, TrainingJob job) {}

  private int train() {
    Preflight.expect(spark, places());
    int workers =
        options.workers == null ? options.strategy.defaultWorkers(spark) : options.workers;
    Start start = task.start(options.startChoice(workers));
    try (Shards loaded = Shards.load(spark, task.training(), workers)) {
      LeftOut.tell(console, spark, task.training(), loaded.examples());
      Prepared prepared = prepare(start, loaded);
      RunDescription description =
          new RunDescription(task, options, validation, start, prepared.job());
      console.progress(
          "configured", Map.of("config", description.config()), description.headline());
      Reports reports = reports(description);
      RunResult result = run(prepared, description.config(), reports);
      if (result.ending() == Ending.INTERRUPTED) {
        return interrupted(result, reports);
      }
      new RunArtifacts(spark, task, directory(), console)
          .write(
              start.network(),
              result,
              inputs(prepared.normalisation()),
              description.config(),
              reports,
              options.noPlots ? Pictures.NONE : Pictures.ALL);
      return ExitCode.OK;
    }
  }

  private List<JobPath> places() {
    List<JobPath> places = new ArrayList<>();
    Stream.of(Optional.of(task.training()), task.validation(), task.test())
        .flatMap(Optional::stream)
        .forEach(data -> places.addAll(Preflight.reads("data", data.paths())));
    places.add(JobPath.writtenByDriver("--model-dir", options.modelDir.toString()));
    return places;
  }

  private Prepared prepare(Start start, Shards loaded) {
    if (loaded.examples() == 0) {
      throw new UserError("there are no examples to train: the data set is empty");
    }
    Schema schema = task.training().schema();
    Normalisation normalisation = task.normalisation(schema, loaded.blocks());
    Shards shards = loaded.normalised(normalisation);
    TrainingLength length = options.length().orElse(task.length());
    TrainingJob job =
        TrainingJob.of(
            LocalTrainers.factory(
                start.network(),
                options.strategy.settings().localStep(options.localStep),
                schema.labelLength(),
                schema.shape()),
            new Schedule(shards.sizes(), options.batchSize, task.epochEnd(), length),
            task.ordering(),
            options.seed);
    return new Prepared(start, shards, normalisation, job);
  }

  private Reports reports(RunDescription description) {
    return Reports.of(
        options.reports,
        directory(),
        description.subject(spark),
        mistakes -> new WronglyRead(spark, task.validation().orElseThrow()).sheet(mistakes),
        this::warn);
  }

  private RunResult run(Prepared prepared, Map<String, Object> config, Reports reports) {
    Consumer<String> notice = line -> notice(reports, line);
    Optional<Shards> data = validationData(prepared.normalisation());
    try (TrainingStrategy strategy =
        options.strategy.open(spark, prepared.shards(), prepared.job(), notice)) {
      Optional<Validation> validation =
          data.map(shards -> validation(shards, prepared.start().network()));
      TrainingRun.Plan plan = plan(prepared, strategy, validation, config, notice);
      return run(plan, prepared.start().state(), reports);
    } finally {
      data.ifPresent(Shards::close);
    }
  }

  private Optional<Shards> validationData(Normalisation normalisation) {
    return validation
        .flatMap(unused -> task.validation())
        .map(data -> LeftOut.load(console, spark, data, normalisation));
  }

  private Validation validation(Shards data, NetworkDefinition network) {
    ValidationOptions given = validation.orElseThrow();
    long slots = (long) given.every() * options.strategy.averagingPeriod();
    return new Validation(
        new Cadence(slots, Cadence.Unit.SLOTS),
        Validation.over(spark, data, network),
        given
            .rule(data.schema())
            .map(rule -> new EarlyStopping(rule, network, directory().best())));
  }

  private TrainingRun.Plan plan(
      Prepared prepared,
      TrainingStrategy strategy,
      Optional<Validation> validation,
      Map<String, Object> config,
      Consumer<String> notice) {
    Schedule schedule = prepared.job().schedule();
    return new TrainingRun.Plan(
        prepared.start().network(),
        strategy,
        schedule,
        options.strategy.settings().ledger(schedule, prepared.shards(), notice),
        task.lossScale(),
        new Cadence(options.displayEvery, task.unit()),
        validation,
        new Cadence(options.checkpointEvery, task.unit()),
        Optional.of(directory().checkpoints(options.keep, inputs(prepared.normalisation()))),
        config);
  }

  private RunResult run(TrainingRun.Plan plan, ModelState start, Reports reports) {
    List<RunListener> listeners = reports.listeners();
    listeners.add(new ConsoleProgress(console, task::figures));
    listeners.add(new RunMetrics());
    try (Interruption interruption = Interruption.listen(this::announceStop)) {
      TrainingRun run = new TrainingRun(plan, new Listeners(listeners), interruption);
      return reports.watch(() -> run(run, plan, start));
    }
  }

  private RunResult run(TrainingRun run, TrainingRun.Plan plan, ModelState start) {
    if (options.resume) {
      return Resumption.resume(run, plan, options.modelDir, console, this::warn);
    }
    plan.checkpoints().orElseThrow().clear();
    return run.execute(start);
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

  private ModelInputs inputs(Normalisation normalisation) {
    Schema schema = task.training().schema();
    return new ModelInputs(
        normalisation, task.preprocessing(), schema.classNames(), schema.columns());
  }

  private ModelDirectory directory() {
    return new ModelDirectory(options.modelDir);
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
