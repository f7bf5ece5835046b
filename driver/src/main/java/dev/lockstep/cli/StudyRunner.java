package dev.lockstep.cli;

import dev.lockstep.data.FileSystems;
import dev.lockstep.report.Console;
import dev.lockstep.report.Figures;
import dev.lockstep.study.StudyFolder;
import dev.lockstep.study.StudyResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Makes the trainings of a study that were not made before, as many at once as there are slots, and
 * keeps what they bring.
 *
 * @param <R> what each brings
 */
final class StudyRunner<R extends StudyResult> {
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final Console console;
  private final StudyFolder<R> folder;
  private final long startedAt = System.nanoTime();
  private int done;
  private int trained;

  /**
   * A study's folder, made before anything is trained.
   *
   * @param out as the user names it
   * @throws UserError if it cannot be made
   */
  static <R extends StudyResult> StudyFolder<R> folder(Path out, Class<R> type) {
    StudyFolder<R> folder = new StudyFolder<>(out, type);
    try {
      folder.make();
    } catch (IOException e) {
      throw new UserError("--out %s: is no folder, and cannot be made one".formatted(out));
    }
    return folder;
  }

  StudyRunner(JavaSparkContext spark, Console console, StudyFolder<R> folder) {
    this.spark = spark;
    this.console = console;
    this.folder = folder;
  }

  /**
   * All results, in the order of what is asked for.
   *
   * @param asked what is to be trained, at least one
   * @param prepared how; called by several threads
   */
  <T> List<R> run(List<T> asked, Function<T, StudyTraining<R>> prepared) {
    ExecutorService threads = Executors.newFixedThreadPool(spark.defaultParallelism());
    try {
      List<Future<R>> results = new ArrayList<>();
      for (T one : asked) {
        results.add(threads.submit(() -> result(prepared.apply(one), asked.size())));
      }
      List<R> all = new ArrayList<>();
      for (Future<R> result : results) {
        all.add(result.get());
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
    }
  }

  private R result(StudyTraining<R> training, int all) throws IOException {
    Optional<R> before = folder.find(training.name(), training.meant());
    if (before.isPresent()) {
      synchronized (this) {
        done++;
      }
      return before.get();
    }
    R result = training.result(training.task().run(spark));
    folder.write(result);
    tell(result, training.told(result), all);
    return result;
  }

  private synchronized void tell(R result, String line, int all) {
    done++;
    trained++;
    double left = (System.nanoTime() - startedAt) / NANOS / trained * (all - done);
    console.progress(
        "cell",
        Map.of("done", done, "cells", all, "row", result, "secondsLeft", left),
        "%d/%d  %s  %s left".formatted(done, all, line, Figures.duration(left)));
  }

  /** Writes all results as one table, and tells where. */
  void save(List<R> results) {
    Path parquet = folder.writeParquet(spark, results);
    console.result("saved", Map.of("file", parquet.toString()), "saved " + parquet);
  }
}
