package dev.lockstep.train;

import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.FoundPeriod;
import java.util.List;

/** Several listeners as one, told in their order. */
public record Listeners(List<RunListener> listeners) implements RunListener {

  @Override
  public void resuming(long steps) {
    listeners.forEach(listener -> listener.resuming(steps));
  }

  @Override
  public void started(long steps, long totalSteps) {
    listeners.forEach(listener -> listener.started(steps, totalSteps));
  }

  @Override
  public void progress(RoundReport report) {
    listeners.forEach(listener -> listener.progress(report));
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
  public void found(RoundReport report, FoundPeriod period) {
    listeners.forEach(listener -> listener.found(report, period));
  }

  @Override
  public void validated(RoundReport report, Evaluation evaluation) {
    listeners.forEach(listener -> listener.validated(report, evaluation));
  }

  @Override
  public void averageValidated(RoundReport report, Evaluation evaluation) {
    listeners.forEach(listener -> listener.averageValidated(report, evaluation));
  }

  @Override
  public void stoppedEarly(RoundReport report, EarlyStopping.Seen best) {
    listeners.forEach(listener -> listener.stoppedEarly(report, best));
  }

  @Override
  public void checkpoint(RoundReport report, ModelState state, String file) {
    listeners.forEach(listener -> listener.checkpoint(report, state, file));
  }

  @Override
  public void ended() {
    listeners.forEach(RunListener::ended);
  }
}
