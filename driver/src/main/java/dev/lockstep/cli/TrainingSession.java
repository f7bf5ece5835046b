package dev.lockstep.cli;

import dev.lockstep.cli.RunArtifacts.Pictures;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.doctor.JobPath;
import dev.lockstep.models.CheckpointStore;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.NetworkOutline;
import dev.lockstep.report.Console;
import dev.lockstep.report.ConsoleProgress;
import dev.lockstep.report.Environment;
import dev.lockstep.report.Figures;
import dev.lockstep.report.History;
import dev.lockstep.report.RunMetrics;
import dev.lockstep.report.RunSubject;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.task.ModelInputs;
import dev.lockstep.task.Start;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.Checkpoint;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.Listeners;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.RunResult.Ending;
import dev.lockstep.train.TrainingRun;
import dev.lockstep.train.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
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

  private int train() {
    DataSource source = task.training();
    Preflight.expect(spark, places());
    int workers =
        options.workers == null ? options.strategy.defaultWorkers(spark) : options.workers;
    Start start = task.start(options.startChoice(workers));
    TrainingLength length = options.length().orElse(task.length());
    try (Shards loaded = Shards.load(spark, source, workers)) {
      if (loaded.examples() == 0) {
        throw new UserError("there are no examples to train: the data set is empty");
      }
      Normalisation normalisation =
          Normalisation.fit(task.normalisation(), source.schema(), loaded.blocks());
      Shards shards = loaded.normalised(normalisation);
      Schedule schedule = new Schedule(shards.sizes(), options.batchSize, task.epochEnd(), length);
      TrainingJob job = job(start.network(), source.schema(), schedule);
      Map<String, Object> config = config(workers, start, length);
      History history = new History(task::figures);
      console.progress("configured", Map.of("config", config), headline(job, start));
      Reports reports = reports(job, start, config, source.schema());
      RunResult result;
      Optional<Shards> validationData = validationData(normalisation);
      try (TrainingStrategy strategy =
          options.strategy.open(spark, shards, job, line -> notice(reports, line))) {
        Optional<Validation> validation =
            validationData.map(data -> validation(data, start.network()));
        result =
            run(
                plan(
                    start.network(),
                    job,
                    strategy,
                    shards,
                    normalisation,
                    validation,
                    config,
                    line -> notice(reports, line)),
                start.state(),
                history,
                reports);
      } finally {
        validationData.ifPresent(Shards::close);
      }
      if (result.ending() == Ending.INTERRUPTED) {
        return interrupted(result, reports);
      }
      new RunArtifacts(spark, task, directory(), console)
          .write(
              start.network(),
              result,
              inputs(normalisation),
              config,
              history,
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

  private int interrupted(RunResult result, Reports reports) {
    List<String> again = new ArrayList<>(List.of("lockstep"));
    again.addAll(commandLine.getParseResult().originalArgs());
    if (!options.resume) {
      again.add("--resume");
    }
    String command = String.join(" ", again);
    console.result(
        "interrupted",
        Map.of("step", result.steps(), "resume", command),
        "stopped at step %s; to go on: %s".formatted(Figures.count(result.steps()), command));
    reports.reporters().forEach(reporter -> reporter.interrupted(command));
    return ExitCode.INTERRUPTED;
  }

  private TrainingJob job(NetworkDefinition network, Schema schema, Schedule schedule) {
    return TrainingJob.of(
        LocalTrainers.factory(
            network,
            options.strategy.settings().localStep(options.localStep),
            schema.labelLength(),
            schema.shape()),
        schedule,
        task.ordering(),
        options.seed);
  }

  private TrainingRun.Plan plan(
      NetworkDefinition network,
      TrainingJob job,
      TrainingStrategy strategy,
      Shards shards,
      Normalisation normalisation,
      Optional<Validation> validation,
      Map<String, Object> config,
      Consumer<String> notice) {
    return new TrainingRun.Plan(
        network,
        strategy,
        job.schedule(),
        options.strategy.settings().ledger(job.schedule(), shards, notice),
        task.lossScale(),
        new Cadence(options.displayEvery, task.unit()),
        validation,
        new Cadence(options.checkpointEvery, task.unit()),
        Optional.of(directory().checkpoints(options.keep, inputs(normalisation))),
        config);
  }

  private ModelInputs inputs(Normalisation normalisation) {
    return new ModelInputs(
        normalisation, task.preprocessing(), task.training().schema().classNames());
  }

  private ModelDirectory directory() {
    return new ModelDirectory(options.modelDir);
  }

  private Optional<Shards> validationData(Normalisation normalisation) {
    return validation
        .flatMap(unused -> task.validation())
        .map(data -> Shards.load(spark, data, spark.defaultParallelism(), normalisation));
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

  private Reports reports(TrainingJob job, Start start, Map<String, Object> config, Schema data) {
    Map<String, String> environment = Environment.of(spark);
    environment.put("local step", job.trainers().step().name().toLowerCase(Locale.ROOT));
    return Reports.of(
        options.reports,
        options.modelDir,
        new RunSubject(
            task.name(),
            headline(job, start),
            NetworkOutline.of(start.network()),
            data,
            config,
            environment,
            task::figures),
        this::warn);
  }

  private void warn(String warning) {
    commandLine.getErr().println("lockstep: " + warning);
  }

  private void notice(Reports reports, String line) {
    console.progress("notice", Map.of("text", line), line);
    reports.notice(line);
  }

  private RunResult run(TrainingRun.Plan plan, ModelState start, History history, Reports reports) {
    List<RunListener> listeners = new ArrayList<>(reports.reporters());
    listeners.add(new ConsoleProgress(console, task::figures));
    listeners.add(new RunMetrics());
    listeners.add(history);
    try (Interruption interruption = Interruption.listen(this::announceStop)) {
      TrainingRun run = new TrainingRun(plan, new Listeners(listeners), interruption);
      return reports.watch(() -> run(run, plan, start));
    }
  }

  private void announceStop() {
    console.progress(
        "stopping", Map.of(), "stopping after this round; press Ctrl-C again to stop at once");
  }

  private RunResult run(TrainingRun run, TrainingRun.Plan plan, ModelState start) {
    CheckpointStore store = plan.checkpoints().orElseThrow();
    if (!options.resume) {
      store.clear();
      return run.execute(start);
    }
    Checkpoint.Restored restored =
        Checkpoint.latest(store, this::warn)
            .orElseThrow(
                () ->
                    new UserError(
                        "no checkpoint in %s to resume from: run without --resume first"
                            .formatted(options.modelDir)));
    ResumeCheck.expectSame(plan, restored.checkpoint());
    long step = restored.checkpoint().steps();
    console.progress("resuming", Map.of("step", step), "resuming at step " + Figures.count(step));
    return run.resume(restored);
  }

  /** What determines the trained parameters, to the bit. */
  private Map<String, Object> config(int workers, Start start, TrainingLength length) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("task", task.name());
    config.putAll(new TreeMap<>(task.settings()));
    config.put("workers", workers);
    config.put("batchSize", options.batchSize);
    config.putAll(options.strategy.config());
    config.put("optimizer", start.optimizer());
    config.put("localStep", options.localStep.name().toLowerCase(Locale.ROOT));
    start.learningRate().ifPresent(rate -> config.put("learningRate", rate));
    if (length instanceof TrainingLength.Epochs epochs) {
      config.put("epochs", epochs.epochs());
    } else if (length instanceof TrainingLength.Steps steps) {
      config.put("steps", steps.steps());
    }
    config.put("seed", options.seed);
    validation.ifPresent(given -> config.putAll(given.config(task.training().schema())));
    return config;
  }

  private String headline(TrainingJob job, Start start) {
    return "%s: %s examples, %s parameters, %s, minibatch %d, %s, %s, %s steps, seed %d, %s step"
        .formatted(
            task.name(),
            Figures.count(job.schedule().examples()),
            Figures.count(start.state().parameters().length),
            workers(job.schedule().workers()),
            options.batchSize,
            options.strategy.describe(),
            start.updates(),
            Figures.count(job.schedule().steps(job.schedule().slots())),
            options.seed,
            job.trainers().step().name().toLowerCase(Locale.ROOT));
  }

  private static String workers(int count) {
    return count == 1 ? "1 worker" : count + " workers";
  }
}
