package dev.lockstep.spark;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.util.SignalUtils;
import scala.runtime.AbstractFunction0;

/**
 * Ctrl-C, or the end that a cluster manager announces: the first asks the run to stop in order, a
 * second stops the process.
 */
public final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Runnable notice;
  private volatile boolean asked;
  private volatile boolean closed;

  private Interruption(Runnable notice) {
    this.notice = notice;
  }

  /**
   * Listens from now on.
   *
   * @param notice run when the run is asked to stop
   */
  public static Interruption listen(Runnable notice) {
    Interruption interruption = new Interruption(notice);
    for (String signal : SIGNALS) {
      SignalUtils.register(signal, interruption.handler());
    }
    return interruption;
  }

  /** True where no further handler, such as the JVM's own, shall see the signal. */
  AbstractFunction0<Object> handler() {
    return new AbstractFunction0<>() {
      @Override
      public Object apply() {
        boolean first = !asked && !closed;
        if (first) {
          asked = true;
          notice.run();
        } else {
          // What fails from here on does so because the process was told to end.
          LibraryOutput.silence();
        }
        return first;
      }
    };
  }

  @Override
  public boolean getAsBoolean() {
    return asked;
  }

  @Override
  public void close() {
    closed = true;
  }
}
