package dev.lockstep.cli;

import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Schema;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.models.file.NetworkFile;
import dev.lockstep.models.network.DenseNetwork;
import dev.lockstep.models.network.FineTuning;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.report.Console;
import dev.lockstep.report.Figures;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.WeightsAverage;
import dev.lockstep.study.StudyCell;
import dev.lockstep.study.StudyRow;
import dev.lockstep.task.CustomTask;
import dev.lockstep.task.Start;
import dev.lockstep.task.StartChoice;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.train.Score;
import dev.lockstep.train.SingleTask;
import dev.lockstep.train.Training;
import dev.lockstep.tutorial.MnistTutorial;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;

/** The trainings that cells of a study are; data is loaded once for all of them. */
final class StudyTrainings implements AutoCloseable {
  private static final String SOFTMAX = "softmax";

  private final JavaSparkContext spark;
  private final Console console;
  private final Map<String, DataParts> parts = new HashMap<>();
  private final LoadedShares shares;

  StudyTrainings(JavaSparkContext spark, Console console) {
    this.spark = spark;
    this.console = console;
    shares = new LoadedShares(spark);
  }

  /**
   * Looks at all that a study names before anything is trained.
   *
   * @throws UserError if there is no such network, or data that a study can do nothing with
   */
  void expect(List<String> networks, List<String> data) {
    for (String network : networks) {
      if (!network.equals(SOFTMAX) && NetworkName.dense(network).isEmpty()) {
        NetworkName.read(network);
      }
    }
    data.forEach(this::data);
  }

  private synchronized DataParts data(String name) {
    return parts.computeIfAbsent(name, this::parts);
  }

  /** How a cell is trained: the network it starts with, and rates that fit its workers. */
  StudyTraining<StudyRow> prepared(StudyCell cell) {
    TrainingTask task = task(cell);
    StartChoice choice = choice(cell);
    return new Prepared(
        cell, task, task.start(choice), LearningRates.of(cell.schedule(), task.warmup(choice)));
  }

  private final class Prepared implements StudyTraining<StudyRow> {
    private final StudyCell cell;
    private final TrainingTask task;
    private final Start start;
    private final LearningRates rates;
    private final String meant;

    Prepared(StudyCell cell, TrainingTask task, Start start, LearningRates rates) {
      this.cell = cell;
      this.task = task;
      this.start = start;
      this.rates = rates;
      meant = StudyTrainings.meant(start, rates, task.training(), test());
    }

    private DataSource test() {
      return task.test().orElseThrow();
    }

    @Override
    public String name() {
      return cell.name();
    }

    @Override
    public String meant() {
      return meant;
    }

    @Override
    public SingleTask task() {
      Training training =
          Training.of(spark, start.network(), start.state())
              .minibatch(cell.workerMinibatch())
              .length(new TrainingLength.Epochs(cell.epochs()))
              .epochEnd(EpochEnd.RUN_ON)
              .ordering(Ordering.SHUFFLED)
              .learningRates(rates)
              .weightsAverage(WeightsAverage.of(cell.weights()))
              .seed(cell.seed())
              .lossScale(task.lossScale());
      return SingleTask.of(
          training,
          shares.of(cell.data() + " training", task.training(), cell.workers()),
          cell.averaging()::averaging,
          shares.of(cell.data() + " test", test(), 1));
    }

    @Override
    public StudyRow result(SingleTask.Result result) {
      List<Score> test = result.test();
      return new StudyRow(
          cell,
          meant,
          start.learningRate().orElse(Double.NaN),
          result.steps().length == 0 ? 0 : (long) result.steps()[result.steps().length - 1],
          result.rounds(),
          result.sentBytes(),
          test.isEmpty() ? Double.NaN : test.get(0).accuracy(),
          test.size() < 2 ? Double.NaN : test.get(1).accuracy(),
          test.isEmpty() ? Double.NaN : test.get(0).loss(),
          result.lastLoss(),
          result.diverged(),
          result.seconds());
    }

    @Override
    public String told(StudyRow row) {
      return "%s %s  %s %s  %d workers  period %s  outer %s  seed %d  accuracy %s"
          .formatted(
              cell.network(),
              cell.data(),
              cell.optimizer(),
              Figures.setting(row.rate()),
              cell.workers(),
              cell.workers() == 1 ? "-" : cell.averaging().period(),
              cell.averaging().outer(),
              cell.seed(),
              row.diverged() ? "none: diverged" : Figures.proportion(row.accuracy()));
    }
  }

  /**
   * A hash of what is trained: a file may have changed since a cell named it, and a default since
   * another version.
   *
   * @param settings of which it is told as text
   */
  static String meant(Start start, Object settings, DataSource... parts) {
    StringBuilder all = new StringBuilder(start.network().json());
    all.append(start.state().hashCode()).append(settings);
    for (DataSource part : parts) {
      all.append(part.schema()).append(part.count()).append(part.contentHash());
    }
    return DigestUtils.sha256Hex(all.toString());
  }

  private static StartChoice choice(StudyCell cell) {
    Optimizer optimizer = Optimizer.valueOf(cell.optimizer().toUpperCase(Locale.ROOT));
    return new StartChoice(
        Optional.of(optimizer),
        cell.learningRate().equals(StudyCommand.DEFAULT)
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(cell.learningRate())),
        cell.workers(),
        cell.averaging().averagesParameters() || optimizer == Optimizer.ADAM ? cell.workers() : 1,
        cell.workerMinibatch() / (double) cell.minibatch(),
        cell.averaging().outerOptimizer(),
        cell.seed());
  }

  /** The tutorial's network, or one by its name or file. */
  private TrainingTask task(StudyCell cell) {
    DataParts data = data(cell.data());
    if (cell.network().equals(SOFTMAX)) {
      return new MnistTutorial(data, NormalisationMethod.AUTO);
    }
    return new CustomTask(
        network(cell, data.train().schema()),
        Map.of(),
        data.train(),
        data.validation(),
        data.test(),
        Optional.empty(),
        Optional.empty(),
        Augmentation.NONE,
        Optional.empty(),
        FineTuning.NONE,
        Optional.empty());
  }

  /**
   * @throws UserError if there is nothing to test on, or nothing to be right about
   */
  private DataParts parts(String name) {
    DataParts data = DataFolder.parts(spark, console, name);
    if (data.train().schema().classes() == 0) {
      throw new UserError(
          "--data %s: has no classes, of which a study tells the accuracy".formatted(name));
    }
    if (data.test().isEmpty()) {
      throw new UserError(
          "--data %s: has no part test: lockstep prepare --from DIR --to OTHER --split 0.8/0.2 makes one"
              .formatted(name));
    }
    return data;
  }

  /** One that is made for the data, or one by its name or file. */
  private static NetworkFile network(StudyCell cell, Schema schema) {
    String name = cell.network();
    return NetworkName.dense(name)
        .map(
            dense ->
                NetworkName.made(
                    name, dense, schema, DenseNetwork.Task.CLASSIFICATION, cell.seed()))
        .orElseGet(() -> NetworkName.read(name));
  }

  /** Lets go of the data. */
  @Override
  public void close() {
    shares.close();
  }
}
