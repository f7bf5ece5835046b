package dev.lockstep.run;

import dev.lockstep.models.file.CheckpointFolder;
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
public record Reports(History history, List<RunReporter> reporters, Optional<Path> report) {

  /**
   * For a run.
   *
   * @param directory of the run
   * @param checkpoints where its checkpoints go
   * @param logdir where TensorBoard looks, if events are to be written
   * @param report the report's file, if one is to be written
   * @param draw gives pictures of validation data that was taken for something else
   * @param warning told what cannot be written
   * @throws RunError if there can be no files where they are to go
   */
  public static Reports of(
      ModelDirectory directory,
      CheckpointFolder checkpoints,
      Optional<Path> logdir,
      Optional<Path> report,
      RunSubject subject,
      Function<List<Prediction>, ContactSheet> draw,
      Consumer<String> warning) {
    Path folder = directory.folder();
    History history = new History(subject.figures(), checkpoints, warning);
    List<RunReporter> reporters = new ArrayList<>();
    logdir.ifPresent(
        logs -> {
          Path run = logs.resolve(folder.toAbsolutePath().normalize().getFileName());
          makeFolder(run);
          reporters.add(new TensorBoard(run, subject, draw, warning));
        });
    report.ifPresent(file -> reporters.add(new RunReport(file, subject, history, warning)));
    return new Reports(history, reporters, report);
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RunError("--logdir: %s: is no folder, and cannot be made one".formatted(folder));
    }
  }

  /** What is to be told of the run's training. */
  public List<RunListener> listeners() {
    List<RunListener> listeners = new ArrayList<>(reporters);
    listeners.add(history);
    return listeners;
  }

  /** Runs something that, if it breaks off, is a failed run. */
  public <T> T watch(Supplier<T> run) {
    try {
      return run.get();
    } catch (RuntimeException e) {
      reporters.forEach(reporter -> reporter.failed(e));
      throw e;
    }
  }

  /** Tells what the run has to say. */
  public void notice(String line) {
    reporters.forEach(reporter -> reporter.notice(line));
  }

  /** Tells that the run was stopped, and the command that goes on with it. */
  public void interrupted(String command) {
    reporters.forEach(reporter -> reporter.interrupted(command));
  }

  /** Tells how the run ended. */
  public void finished(RunEnd end) {
    reporters.forEach(reporter -> reporter.finished(end));
  }
}
