package dev.lockstep.report.html;

import dev.lockstep.models.ModelState;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import dev.lockstep.train.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened in this process, besides what a history tells of the whole run. */
final class RunLog implements RunListener {

  /** A state and the step it was reached at. */
  record Reached(long step, ModelState state) {}

  private final List<String> notices = new ArrayList<>();
  private Optional<EarlyStopping.Seen> stopped = Optional.empty();
  private Optional<Reached> firstDisplayed = Optional.empty();
  private long firstStep;
  private Optional<RoundReport> last = Optional.empty();
  private Optional<RoundTime> time = Optional.empty();

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
    if (firstDisplayed.isEmpty()) {
      firstDisplayed = Optional.of(new Reached(report.steps(), state));
    }
  }

  @Override
  public void stoppedEarly(RoundReport report, EarlyStopping.Seen best) {
    stopped = Optional.of(best);
  }

  void notice(String line) {
    notices.add(line);
  }

  Optional<Reached> firstDisplayed() {
    return firstDisplayed;
  }

  List<String> notices() {
    return notices;
  }

  Optional<EarlyStopping.Seen> stopped() {
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
