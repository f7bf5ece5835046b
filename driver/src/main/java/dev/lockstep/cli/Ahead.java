package dev.lockstep.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What is done beside the thread of a command, as it is slow to load: one after another on a thread
 * of their own. Nobody may use the same libraries before it is done: classes that begin on two
 * threads may wait for each other for ever.
 */
record Ahead<T>(CompletableFuture<T> result) implements AutoCloseable {
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "ahead");
            thread.setDaemon(true);
            return thread;
          });

  static <T> Ahead<T> of(Supplier<T> work) {
    return new Ahead<>(CompletableFuture.supplyAsync(work, THREAD));
  }

  /** What came of it, or what it threw. */
  T get() {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw Ahead.<RuntimeException>asItIs(e.getCause());
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E asItIs(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** Waits for its end, whatever comes of it. */
  @Override
  public void close() {
    result.handle((value, thrown) -> value).join();
  }
}
