package dev.lockstep.strategy;

import dev.lockstep.spark.Desk;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where, in the driver, workers tell how far they are, and hear whether to stop. */
final class ProgressDesk implements AutoCloseable {
  private final Supervision supervision;
  private final BooleanSupplier pause;
  private final AtomicReference<Progress> untold = new AtomicReference<>();
  private final Desk<Progress, Boolean> desk = new Desk<>(this::asked);
  private volatile boolean stop;

  /**
   * @param pause whether they are to stop soon, to begin anew
   */
  ProgressDesk(Supervision supervision, BooleanSupplier pause) {
    this.supervision = supervision;
    this.pause = pause;
  }

  /** What workers are to know of it. */
  ProgressLine.Orders orders() {
    return new ProgressLine.Orders(supervision.every(), supervision.atMost(), desk.name());
  }

  private void asked(Progress progress, Consumer<Boolean> answer) {
    untold.set(progress);
    answer.accept(stop);
  }

  /** Passes on what was told, and looks whether to stop; called often by the thread that waits. */
  void look() {
    Progress progress = untold.getAndSet(null);
    if (progress != null) {
      supervision.told().accept(progress);
    }
    stop = supervision.stop().getAsBoolean() || pause.getAsBoolean();
  }

  @Override
  public void close() {
    desk.close();
  }
}
