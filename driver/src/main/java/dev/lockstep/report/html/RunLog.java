package dev.lockstep.report.html;

import dev.lockstep.models.ModelState;
import dev.lockstep.report.RunSubject;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.Score;
import dev.lockstep.train.StoppingRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened in a run. */
final class RunLog implements RunListener {

  /**
   * What was displayed.
   *
   * @param examplesPerSecond since the display before
   */
  record Display(long step, double examplesPerSecond, Map<String, Double> figures) {}

  /** A look at validation data. */
  record Validation(long step, Score score) {}

  /** A checkpoint. */
  record Saved(long step, Path file) {}

  private final RunSubject subject;
  private final List<Display> displays = new ArrayList<>();
  private final List<Validation> validations = new ArrayList<>();
  private final List<Saved> checkpoints = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private Optional<StoppingRule.Seen> stopped = Optional.empty();
  private ModelState firstDisplayed;
  private long firstStep;
  private long examples;
  private double seconds;
  private Optional<RoundReport> last = Optional.empty();
  private Optional<RoundTime> time = Optional.empty();

  RunLog(RunSubject subject) {
    this.subject = subject;
  }

  @Override
  public void started(long steps, long totalSteps) {
    firstStep = steps;
  }

  @Override
  public void round(RoundReport report) {
    last = Optional.of(report);
    time = Optional.of(time.map(sum -> sum.plus(report.time())).orElse(report.time()));
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    if (displays.isEmpty()) {
      firstDisplayed = state;
    }
    double rate = (report.examples() - examples) / Math.max(report.seconds() - seconds, 1e-9);
    displays.add(new Display(report.steps(), rate, subject.figures().apply(state, report.loss())));
    examples = report.examples();
    seconds = report.seconds();
  }

  @Override
  public void validated(RoundReport report, Score score) {
    validations.add(new Validation(report.steps(), score));
  }

  @Override
  public void stoppedEarly(RoundReport report, StoppingRule.Seen best) {
    stopped = Optional.of(best);
  }

  @Override
  public void checkpoint(RoundReport report, ModelState state, Path file) {
    checkpoints.add(new Saved(report.steps(), file));
  }

  void notice(String line) {
    notices.add(line);
  }

  List<Display> displays() {
    return displays;
  }

  /** The state of the first display, null before. */
  ModelState firstDisplayed() {
    return firstDisplayed;
  }

  List<Validation> validations() {
    return validations;
  }

  List<Saved> checkpoints() {
    return checkpoints;
  }

  List<String> notices() {
    return notices;
  }

  Optional<StoppingRule.Seen> stopped() {
    return stopped;
  }

  /** Where training began in this process. */
  long firstStep() {
    return firstStep;
  }

  /** The last round. */
  Optional<RoundReport> last() {
    return last;
  }

  /** Of all rounds. */
  Optional<RoundTime> time() {
    return time;
  }
}
