package dev.lockstep.cli;

import dev.lockstep.models.network.Optimizer;
import dev.lockstep.report.ComparedRun;
import dev.lockstep.report.Figures;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.study.StudyFolder;
import dev.lockstep.task.Start;
import dev.lockstep.train.SingleTask;
import dev.lockstep.train.Training;
import dev.lockstep.tutorial.Tutorial;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** The trainings of a comparison, each by one worker; data is loaded once for all of them. */
final class ComparedTrainings implements AutoCloseable {
  private static final int MEASUREMENTS = 200;

  private final JavaSparkContext spark;
  private final Long steps;
  private final Double learningRate;
  private final LoadedShares shares;

  /**
   * @param steps of each training; the tutorial's length if null
   * @param learningRate of each; the tutorial's if null
   */
  ComparedTrainings(JavaSparkContext spark, Long steps, Double learningRate) {
    this.spark = spark;
    this.steps = steps;
    this.learningRate = learningRate;
    shares = new LoadedShares(spark);
  }

  /**
   * A tutorial with an optimizer and a seed.
   *
   * @param kind what tells it from others besides the seed
   */
  record Variant(String kind, Tutorial tutorial, Optimizer optimizer, long seed) {}

  /** How a variant is trained. */
  StudyTraining<ComparedRun> prepared(Variant variant) {
    Tutorial tutorial = variant.tutorial();
    double rate =
        learningRate == null ? tutorial.learningRate(variant.optimizer(), 1) : learningRate;
    return new Prepared(
        variant,
        Start.of(
            tutorial.network(variant.optimizer().updater(rate), variant.seed()),
            variant.optimizer(),
            rate));
  }

  private final class Prepared implements StudyTraining<ComparedRun> {
    private final Variant variant;
    private final Tutorial tutorial;
    private final Start start;
    private final TrainingLength length;
    private final String meant;

    Prepared(Variant variant, Start start) {
      this.variant = variant;
      this.start = start;
      tutorial = variant.tutorial();
      length = steps == null ? tutorial.length() : new TrainingLength.Steps(steps);
      meant =
          StudyTrainings.meant(
              start,
              List.of(length, tutorial.batchSize(), tutorial.epochEnd(), tutorial.ordering()),
              tutorial.training());
    }

    @Override
    public String name() {
      return StudyFolder.name(
          tutorial.name(),
          variant.kind(),
          "n" + (steps == null ? StudyCommand.DEFAULT : steps),
          "r" + (learningRate == null ? StudyCommand.DEFAULT : learningRate),
          "s" + variant.seed());
    }

    @Override
    public String meant() {
      return meant;
    }

    @Override
    public SingleTask task() {
      Training training =
          Training.of(spark, start.network(), start.state())
              .minibatch(tutorial.batchSize())
              .length(length)
              .epochEnd(tutorial.epochEnd())
              .ordering(tutorial.ordering())
              .seed(variant.seed())
              .lossScale(tutorial.lossScale());
      return SingleTask.of(training, shares.of(tutorial, tutorial.training(), 1), MEASUREMENTS);
    }

    @Override
    public ComparedRun result(SingleTask.Result result) {
      Map<String, Object> settings = new TreeMap<>(tutorial.settings());
      settings.put("optimizer", start.optimizer());
      return new ComparedRun(
          name(),
          meant,
          variant.kind(),
          variant.seed(),
          settings,
          result.steps(),
          result.losses(),
          tutorial.figures(result.state(), result.lastLoss()).get("loss"),
          result.diverged(),
          result.seconds());
    }

    @Override
    public String told(ComparedRun run) {
      return "%s  %s  seed %d  loss %s"
          .formatted(
              tutorial.name(),
              run.kind(),
              run.seed(),
              run.diverged() ? "none: diverged" : Figures.quantity(run.loss()));
    }
  }

  /** Lets go of the data. */
  @Override
  public void close() {
    shares.close();
  }
}
