package dev.lockstep.cli;

import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunReporter;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.html.RunReport;
import dev.lockstep.report.tensorboard.TensorBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All that keeps records of a run, told what happens to it.
 *
 * @param report the report's file, if one is written
 */
record Reports(List<RunReporter> reporters, Optional<Path> report) {

  /**
   * As the options ask for.
   *
   * @param folder the model directory
   * @param warning told what cannot be written
   * @throws UserError if there can be no files where they are to go
   */
  static Reports of(
      ReportOptions options, Path folder, RunSubject subject, Consumer<String> warning) {
    List<RunReporter> reporters = new ArrayList<>();
    options
        .logdir()
        .ifPresent(
            logdir -> {
              Path run = logdir.resolve(folder.toAbsolutePath().normalize().getFileName());
              makeFolder(run);
              reporters.add(new TensorBoard(run, subject, warning));
            });
    Optional<Path> report = options.report(folder);
    report.ifPresent(file -> reporters.add(new RunReport(file, subject, warning)));
    return new Reports(reporters, report);
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserError("--logdir: %s: is no folder, and cannot be made one".formatted(folder));
    }
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

  void finished(RunEnd end) {
    reporters.forEach(reporter -> reporter.finished(end));
  }
}
