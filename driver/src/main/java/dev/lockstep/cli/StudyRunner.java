package dev.lockstep.cli;

import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Examples;
import dev.lockstep.data.FileSystems;
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
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.WeightsAverage;
import dev.lockstep.study.StudyCell;
import dev.lockstep.study.StudyFolder;
import dev.lockstep.study.StudyRow;
import dev.lockstep.task.CustomTask;
import dev.lockstep.task.Start;
import dev.lockstep.task.StartChoice;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.train.Comparison;
import dev.lockstep.train.Comparison.Candidate;
import dev.lockstep.train.Score;
import dev.lockstep.train.Training;
import dev.lockstep.tutorial.MnistTutorial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Trains the cells of a study that were not trained before, as many at once as there are slots. */
final class StudyRunner {
  private static final String SOFTMAX = "softmax";
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final Console console;
  private final StudyFolder folder;
  private final Map<String, DataParts> parts = new HashMap<>();
  private final Map<String, Broadcast<List<Examples>>> loaded = new HashMap<>();
  private final long startedAt = System.nanoTime();
  private int done;
  private int trained;

  StudyRunner(JavaSparkContext spark, Console console, StudyFolder folder) {
    this.spark = spark;
    this.console = console;
    this.folder = folder;
  }

  /** All rows, in the order of the cells. */
  List<StudyRow> run(List<StudyCell> cells) {
    ExecutorService threads = Executors.newFixedThreadPool(spark.defaultParallelism());
    try {
      List<Future<StudyRow>> rows = new ArrayList<>();
      for (StudyCell cell : cells) {
        rows.add(threads.submit(() -> row(cell, cells.size())));
      }
      List<StudyRow> all = new ArrayList<>();
      for (Future<StudyRow> row : rows) {
        all.add(row.get());
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof IOException cause) {
        throw new UserError("%s: %s".formatted(folder.folder(), FileSystems.message(cause)));
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
      loaded.values().forEach(Broadcast::destroy);
    }
  }

  private StudyRow row(StudyCell cell, int all) throws IOException {
    TrainingTask task = task(cell);
    DataSource test = task.test().orElseThrow();
    StartChoice choice = choice(cell);
    Start start = task.start(choice);
    LearningRates named = LearningRates.of(cell.schedule());
    LearningRates rates = named.warmup() > 0 ? named : named.withWarmup(task.warmup(choice));
    String meant = meant(start, rates, task.training(), test);
    Optional<StudyRow> before = folder.find(cell, meant);
    if (before.isPresent()) {
      synchronized (this) {
        done++;
      }
      return before.get();
    }
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
    Candidate candidate =
        Candidate.of(
            training,
            shares(cell.data() + " training", task.training(), cell.workers()),
            cell.averaging()::averaging,
            shares(cell.data() + " test", test, 1));
    Comparison.Result result = Comparison.run(spark, List.of(candidate)).get(0);
    StudyRow row = row(cell, meant, start.learningRate().orElse(Double.NaN), result);
    folder.write(row);
    tell(row, all);
    return row;
  }

  /** A file may have changed since a cell named it, and a default since another version. */
  private static String meant(Start start, LearningRates rates, DataSource... parts) {
    StringBuilder all = new StringBuilder(start.network().json());
    all.append(start.state().hashCode()).append(rates);
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

  private static StudyRow row(StudyCell cell, String meant, double rate, Comparison.Result result) {
    List<Score> test = result.test();
    return new StudyRow(
        cell,
        meant,
        rate,
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

  private synchronized void tell(StudyRow row, int all) {
    done++;
    trained++;
    double left = (System.nanoTime() - startedAt) / NANOS / trained * (all - done);
    StudyCell cell = row.cell();
    console.progress(
        "cell",
        Map.of("done", done, "cells", all, "row", row, "secondsLeft", left),
        "%d/%d  %s %s  %s %s  %d workers  period %s  outer %s  seed %d  accuracy %s  %s left"
            .formatted(
                done,
                all,
                cell.network(),
                cell.data(),
                cell.optimizer(),
                Figures.setting(row.rate()),
                cell.workers(),
                cell.workers() == 1 ? "-" : cell.averaging().period(),
                cell.averaging().outer(),
                cell.seed(),
                row.diverged() ? "none: diverged" : Figures.proportion(row.accuracy()),
                Figures.duration(left)));
  }

  /** The tutorial's network, or one by its name or file. */
  private synchronized TrainingTask task(StudyCell cell) {
    DataParts data = parts.computeIfAbsent(cell.data(), this::parts);
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

  /** Each worker's examples, loaded once. */
  private synchronized Broadcast<List<Examples>> shares(String name, DataSource data, int workers) {
    return loaded.computeIfAbsent(
        name + " " + workers,
        unused -> {
          try (Shards shards = Shards.load(spark, data, workers)) {
            return spark.broadcast(shards.blocks().collect());
          }
        });
  }
}
