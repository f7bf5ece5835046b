package dev.lockstep.bench;

import dev.lockstep.models.ModelState;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;

/** Passes on what it is told, and measures how long that takes. */
final class Stopwatch implements RunListener {
  private final RunListener listener;
  private long nanos;

  Stopwatch(RunListener listener) {
    this.listener = listener;
  }

  double seconds() {
    return nanos / 1e9;
  }

  void time(Runnable work) {
    long startedAt = System.nanoTime();
    work.run();
    nanos += System.nanoTime() - startedAt;
  }

  @Override
  public void resuming(long steps) {
    time(() -> listener.resuming(steps));
  }

  @Override
  public void started(long steps, long totalSteps) {
    time(() -> listener.started(steps, totalSteps));
  }

  @Override
  public void progress(RoundReport report) {
    time(() -> listener.progress(report));
  }

  @Override
  public void round(RoundReport report) {
    time(() -> listener.round(report));
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    time(() -> listener.display(report, state));
  }

  @Override
  public void validated(RoundReport report, Evaluation evaluation) {
    time(() -> listener.validated(report, evaluation));
  }

  @Override
  public void stoppedEarly(RoundReport report, EarlyStopping.Seen best) {
    time(() -> listener.stoppedEarly(report, best));
  }

  @Override
  public void checkpoint(RoundReport report, ModelState state, String file) {
    time(() -> listener.checkpoint(report, state, file));
  }

  @Override
  public void ended() {
    time(listener::ended);
  }
}
