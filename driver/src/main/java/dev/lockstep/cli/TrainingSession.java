package dev.lockstep.cli;

import dev.lockstep.cli.RunArtifacts.Pictures;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.models.CheckpointStore;
import dev.lockstep.models.Dl4jLocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.NetworkOutline;
import dev.lockstep.report.ConsoleProgress;
import dev.lockstep.report.Environment;
import dev.lockstep.report.Figures;
import dev.lockstep.report.History;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.Terminal;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.Checkpoint;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.Listeners;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TrainingRun;
import dev.lockstep.train.Validation;
import dev.lockstep.tutorial.Tutorial;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine;

/** One {@code lockstep train}: from options to a tested and saved model. */
final class TrainingSession {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Tutorial tutorial;
  private final TrainingOptions options;
  private final Optional<ValidationOptions> validation;

  /**
   * @param validation how to look at the tutorial's validation data; empty if it has none
   */
  TrainingSession(
      CommandLine commandLine,
      Tutorial tutorial,
      TrainingOptions options,
      Optional<ValidationOptions> validation) {
    out = commandLine.getOut();
    err = commandLine.getErr();
    this.tutorial = tutorial;
    this.options = options;
    this.validation = validation;
  }

  /** Trains, tests and saves. */
  int train() {
    DataSource source = tutorial.training();
    try (JavaSparkContext spark = Sessions.open("train " + tutorial.name())) {
      int workers =
          options.workers == null ? options.strategy.defaultWorkers(spark) : options.workers;
      double learningRate =
          options.learningRate == null
              ? tutorial.learningRate(options.optimizer, options.strategy.averaged(workers))
              : options.learningRate;
      MultiLayerNetwork network = tutorial.network(options.optimizer, learningRate, options.seed);
      TrainingLength length = options.length().orElse(tutorial.length());
      try (Shards loaded = Shards.load(spark, source, workers)) {
        if (loaded.examples() == 0) {
          throw new UserError("there are no examples to train: the data set is empty");
        }
        Normalisation normalisation =
            Normalisation.fit(tutorial.normalisation(), source.schema(), loaded.blocks());
        Shards shards = loaded.normalised(normalisation);
        Schedule schedule =
            new Schedule(shards.sizes(), options.batchSize, tutorial.epochEnd(), length);
        NetworkDefinition definition = NetworkDefinition.of(network);
        TrainingJob job = job(definition, source.schema(), schedule);
        Map<String, Object> config = config(workers, learningRate, length);
        History history = new History(tutorial::figures);
        out.println(headline(job, network, learningRate));
        Reports reports = reports(spark, job, network, learningRate, config, source.schema());
        RunResult result;
        Optional<Shards> validationData = validationData(spark, normalisation);
        try (TrainingStrategy strategy =
            options.strategy.open(spark, shards, job, line -> notice(reports, line))) {
          Optional<Validation> validation =
              validationData.map(data -> validation(spark, data, definition));
          result =
              run(
                  plan(definition, job, strategy, shards, normalisation, validation, config),
                  network,
                  history,
                  reports);
        } finally {
          validationData.ifPresent(Shards::close);
        }
        new RunArtifacts(spark, tutorial, directory(), out)
            .write(
                definition,
                result,
                normalisation,
                config,
                history,
                reports,
                options.noPlots ? Pictures.NONE : Pictures.ALL);
      }
    }
    return ExitCode.OK;
  }

  private TrainingJob job(NetworkDefinition network, Schema schema, Schedule schedule) {
    return TrainingJob.of(
        LocalTrainers.factory(
            network, options.localStep, schema.labelLength(), schema.featureLength()),
        schedule,
        tutorial.ordering(),
        options.seed);
  }

  private TrainingRun.Plan plan(
      NetworkDefinition network,
      TrainingJob job,
      TrainingStrategy strategy,
      Shards shards,
      Normalisation normalisation,
      Optional<Validation> validation,
      Map<String, Object> config) {
    return new TrainingRun.Plan(
        network,
        strategy,
        job.schedule(),
        new Ledger(job.schedule(), shards.tallies()),
        tutorial.lossScale(),
        new Cadence(options.displayEvery, tutorial.unit()),
        validation,
        new Cadence(options.checkpointEvery, tutorial.unit()),
        Optional.of(directory().checkpoints(options.keep, inputs(normalisation))),
        config);
  }

  private ModelInputs inputs(Normalisation normalisation) {
    return new ModelInputs(normalisation, tutorial.preprocessing());
  }

  private ModelDirectory directory() {
    return new ModelDirectory(options.modelDir);
  }

  private Optional<Shards> validationData(JavaSparkContext spark, Normalisation normalisation) {
    return validation
        .flatMap(unused -> tutorial.validation())
        .map(data -> Shards.load(spark, data, spark.defaultParallelism(), normalisation));
  }

  private Validation validation(JavaSparkContext spark, Shards data, NetworkDefinition network) {
    ValidationOptions given = validation.orElseThrow();
    long slots = (long) given.every() * options.strategy.averagingPeriod();
    return new Validation(
        new Cadence(slots, Cadence.Unit.SLOTS),
        Validation.over(spark, data, network),
        given.rule().map(rule -> new EarlyStopping(rule, network, directory().best())));
  }

  private Reports reports(
      JavaSparkContext spark,
      TrainingJob job,
      MultiLayerNetwork network,
      double learningRate,
      Map<String, Object> config,
      Schema data) {
    Map<String, String> environment = Environment.of(spark);
    environment.put("local step", job.trainers().step().name().toLowerCase(Locale.ROOT));
    return Reports.of(
        options.reports,
        options.modelDir,
        new RunSubject(
            tutorial.name(),
            headline(job, network, learningRate),
            NetworkOutline.of(NetworkDefinition.of(network)),
            data,
            config,
            environment,
            tutorial::figures),
        warning -> err.println("lockstep: " + warning));
  }

  private void notice(Reports reports, String line) {
    out.println(line);
    reports.notice(line);
  }

  private RunResult run(
      TrainingRun.Plan plan, MultiLayerNetwork network, History history, Reports reports) {
    List<RunListener> listeners = new ArrayList<>(reports.reporters());
    listeners.add(new ConsoleProgress(out, Terminal.detect(), tutorial::figures));
    listeners.add(history);
    TrainingRun run = new TrainingRun(plan, new Listeners(listeners));
    return reports.watch(() -> run(run, plan, network));
  }

  private RunResult run(TrainingRun run, TrainingRun.Plan plan, MultiLayerNetwork network) {
    CheckpointStore store = plan.checkpoints().orElseThrow();
    if (!options.resume) {
      store.clear();
      return run.execute(Dl4jLocalTrainer.stateOf(network));
    }
    Checkpoint.Restored restored =
        Checkpoint.latest(store, warning -> err.println("lockstep: " + warning))
            .orElseThrow(
                () ->
                    new UserError(
                        "no checkpoint in %s to resume from: run without --resume first"
                            .formatted(options.modelDir)));
    ResumeCheck.expectSame(plan, restored.checkpoint());
    out.println("resuming at step " + Figures.count(restored.checkpoint().steps()));
    return run.resume(restored);
  }

  /** What determines the trained parameters, to the bit. */
  private Map<String, Object> config(int workers, double learningRate, TrainingLength length) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("task", tutorial.name());
    config.putAll(new TreeMap<>(tutorial.settings()));
    config.put("workers", workers);
    config.put("batchSize", options.batchSize);
    config.putAll(options.strategy.config());
    config.put("optimizer", options.optimizer.name().toLowerCase(Locale.ROOT));
    config.put("localStep", options.localStep.name().toLowerCase(Locale.ROOT));
    config.put("learningRate", learningRate);
    if (length instanceof TrainingLength.Epochs epochs) {
      config.put("epochs", epochs.epochs());
    } else if (length instanceof TrainingLength.Steps steps) {
      config.put("steps", steps.steps());
    }
    config.put("seed", options.seed);
    validation.ifPresent(given -> config.putAll(given.config()));
    return config;
  }

  private String headline(TrainingJob job, MultiLayerNetwork network, double learningRate) {
    return "%s: %s examples, %s parameters, %s, minibatch %d, %s, %s %s, %s steps, seed %d, %s step"
        .formatted(
            tutorial.name(),
            Figures.count(job.schedule().examples()),
            Figures.count(network.numParams()),
            workers(job.schedule().workers()),
            options.batchSize,
            options.strategy.describe(),
            options.optimizer.name().toLowerCase(Locale.ROOT),
            Figures.setting(learningRate),
            Figures.count(job.schedule().steps(job.schedule().slots())),
            options.seed,
            job.trainers().step().name().toLowerCase(Locale.ROOT));
  }

  private static String workers(int count) {
    return count == 1 ? "1 worker" : count + " workers";
  }
}
