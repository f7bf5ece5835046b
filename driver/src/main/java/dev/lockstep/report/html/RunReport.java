package dev.lockstep.report.html;

import dev.lockstep.data.FileSystems;
import dev.lockstep.models.ModelState;
import dev.lockstep.report.History;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunReporter;
import dev.lockstep.report.RunSubject;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.RoundReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes one HTML file that tells of a run, when it has ended. */
public final class RunReport implements RunReporter {
  private final Path file;
  private final RunSubject subject;
  private final History history;
  private final RunLog log = new RunLog();
  private final Consumer<String> warning;

  /**
   * @param history of the run, told by whoever tells this what happens
   * @param warning told if the report cannot be written
   */
  public RunReport(Path file, RunSubject subject, History history, Consumer<String> warning) {
    this.file = file;
    this.subject = subject;
    this.history = history;
    this.warning = warning;
  }

  @Override
  public void started(long steps, long totalSteps) {
    log.started(steps, totalSteps);
  }

  @Override
  public void round(RoundReport report) {
    log.round(report);
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    log.display(report, state);
  }

  @Override
  public void stoppedEarly(RoundReport report, EarlyStopping.Seen best) {
    log.stoppedEarly(report, best);
  }

  @Override
  public void notice(String line) {
    log.notice(line);
  }

  @Override
  public void finished(RunEnd end) {
    save(new RunPage(subject, history, log).finished(end));
  }

  @Override
  public void interrupted(String command) {
    save(new RunPage(subject, history, log).interrupted(command));
  }

  @Override
  public void failed(RuntimeException cause) {
    save(new RunPage(subject, history, log).failed(cause));
  }

  private void save(Page page) {
    try {
      page.save(file);
    } catch (IOException e) {
      warning.accept("%s: cannot be written: %s".formatted(file, FileSystems.message(e)));
    }
  }
}
