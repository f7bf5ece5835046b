package dev.lockstep.data;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Examples that are read by a thread beside the one that trains.
 *
 * @param <T> what is read
 */
public final class ReadAhead<T> {
  private static final ExecutorService READERS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "lockstep-read-ahead");
            thread.setDaemon(true);
            return thread;
          });

  private final Future<T> reading;

  private ReadAhead(Future<T> reading) {
    this.reading = reading;
  }

  /** Begins to read. */
  public static <T> ReadAhead<T> of(Callable<T> read) {
    return new ReadAhead<>(READERS.submit(read));
  }

  /**
   * Waits for what is read.
   *
   * @throws DataError as the reader did
   */
  public T await() {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataError error) {
        throw new DataError(error.getMessage(), error);
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("examples could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while examples were read", e);
    }
  }
}
