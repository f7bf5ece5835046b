package dev.lockstep.cli;

import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.History;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunReporter;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.html.RunReport;
import dev.lockstep.report.tensorboard.TensorBoard;
import dev.lockstep.train.Prediction;
import dev.lockstep.train.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All that keeps records of a run, told what happens to it.
 *
 * @param history the run's curves
 * @param report the report's file, if one is written
 */
record Reports(History history, List<RunReporter> reporters, Optional<Path> report) {

  /**
   * As the options ask for.
   *
   * @param directory of the run
   * @param draw gives pictures of validation data that was taken for something else
   * @param warning told what cannot be written
   * @throws UserError if there can be no files where they are to go
   */
  static Reports of(
      ReportOptions options,
      ModelDirectory directory,
      RunSubject subject,
      Function<List<Prediction>, ContactSheet> draw,
      Consumer<String> warning) {
    Path folder = directory.folder();
    History history = new History(subject.figures(), directory.history(), warning);
    List<RunReporter> reporters = new ArrayList<>();
    options
        .logdir()
        .ifPresent(
            logdir -> {
              Path run = logdir.resolve(folder.toAbsolutePath().normalize().getFileName());
              makeFolder(run);
              reporters.add(new TensorBoard(run, subject, draw, warning));
            });
    Optional<Path> report = options.report(folder);
    report.ifPresent(file -> reporters.add(new RunReport(file, subject, history, warning)));
    return new Reports(history, reporters, report);
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserError("--logdir: %s: is no folder, and cannot be made one".formatted(folder));
    }
  }

  /** What is to be told of the run's training. */
  List<RunListener> listeners() {
    List<RunListener> listeners = new ArrayList<>(reporters);
    listeners.add(history);
    return listeners;
  }

  /** Runs something that, if it breaks off, is a failed run. */
  <T> T watch(Supplier<T> run) {
    try {
      return run.get();
    } catch (RuntimeException e) {
      reporters.forEach(reporter -> reporter.failed(e));
      throw e;
    }
  }

  void notice(String line) {
    reporters.forEach(reporter -> reporter.notice(line));
  }

  void interrupted(String command) {
    reporters.forEach(reporter -> reporter.interrupted(command));
  }

  void finished(RunEnd end) {
    reporters.forEach(reporter -> reporter.finished(end));
  }
}
