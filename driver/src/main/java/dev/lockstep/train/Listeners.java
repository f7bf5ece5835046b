package dev.lockstep.train;

import dev.lockstep.models.ModelState;
import java.nio.file.Path;
import java.util.List;

/** Several listeners as one, told in their order. */
public record Listeners(List<RunListener> listeners) implements RunListener {

  @Override
  public void started(long steps, long totalSteps) {
    listeners.forEach(listener -> listener.started(steps, totalSteps));
  }

  @Override
  public void round(RoundReport report) {
    listeners.forEach(listener -> listener.round(report));
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    listeners.forEach(listener -> listener.display(report, state));
  }

  @Override
  public void validated(RoundReport report, Evaluation evaluation) {
    listeners.forEach(listener -> listener.validated(report, evaluation));
  }

  @Override
  public void stoppedEarly(RoundReport report, StoppingRule.Seen best) {
    listeners.forEach(listener -> listener.stoppedEarly(report, best));
  }

  @Override
  public void checkpoint(RoundReport report, ModelState state, Path file) {
    listeners.forEach(listener -> listener.checkpoint(report, state, file));
  }

  @Override
  public void ended() {
    listeners.forEach(RunListener::ended);
  }
}
