package dev.lockstep.strategy;

import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;

/**
 * What a worker sends to the driver. A worker that is a thread of the driver's process, as in local
 * mode, leaves it there instead: a state for each display would be copied several times.
 *
 * @param content null if it was left
 */
record WorkerMessage<T>(Label label, T content) implements Serializable {
  private static final String DRIVER = "driver";
  private static final Map<Label, Object> LEFT = new ConcurrentHashMap<>();

  /**
   * Of whom a message is.
   *
   * @param delivery all workers' messages that are awaited together
   */
  record Label(UUID delivery, int worker) implements Serializable {}

  /** Made by the worker. */
  static <T> WorkerMessage<T> of(Label label, T content) {
    if (!SparkEnv.get().executorId().equals(DRIVER)) {
      return new WorkerMessage<>(label, content);
    }
    LEFT.put(label, content);
    return new WorkerMessage<>(label, null);
  }

  /** Opened by the driver, before the delivery has {@linkplain #ended ended}. */
  @SuppressWarnings("unchecked") // put there as the content of a message with this label
  T open() {
    return content == null ? (T) LEFT.get(label) : content;
  }

  /** Forgets what was left for a delivery that is complete, or has failed. */
  static void ended(UUID delivery) {
    LEFT.keySet().removeIf(label -> label.delivery().equals(delivery));
  }
}
