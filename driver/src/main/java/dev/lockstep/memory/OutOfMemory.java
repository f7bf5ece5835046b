package dev.lockstep.memory;

import dev.lockstep.spark.ClusterException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;

/**
 * Memory that ran out, wherever it did: on any thread of this process or of an executor. What was
 * being done is noted on the way, since where memory ends, little can be asked.
 */
public final class OutOfMemory {
  /** How managers tell with which status an executor ended. */
  private static final String EXIT = "\\b[Ee]xit(?:ed with)?(?: exit)? (?:code|status:?) ";

  /** How it is told of a task's, by C++, by ND4J, and of an executor that has ended itself. */
  private static final Pattern TOLD =
      Pattern.compile(
          "OutOfMemoryError(?:: ([^\\n]*))?|(std::bad_alloc|Allocation failed: .*)|"
              + EXIT
              + "52\\b");

  /** How managers tell of an executor that they, or the system, have ended. */
  private static final Pattern KILLED =
      Pattern.compile(EXIT + "(137|143)\\b|exceeding (?:\\w+ )?memory limits");

  /** How Spark refuses a heap in which it does not begin. */
  private static final Pattern REFUSED =
      Pattern.compile("(System|Executor) memory \\d+ must be at least (\\d+)");

  /** To be given up when memory ends, so that there is some to say so. */
  private static volatile byte[] reserve = new byte[1 << 20];

  private static volatile Heap heap = Heap.ofThisProcess();
  private static volatile long beside;
  private static volatile String held = "what the command needs";
  private static volatile long heldBytes;
  private static volatile int parameters;

  private OutOfMemory() {}

  /**
   * Makes Spark tell of memory that ran out in a task, instead of ending its process at once
   * without a word: the task fails, as with any other error.
   */
  public static void toldBySpark(SparkConf conf) {
    conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    heap = Heap.of(conf);
    beside = Heap.besideExecutors(conf);
    heldBytes = 0;
  }

  /** Notes what is held, of which the largest is told. */
  static synchronized void holding(String what, long bytes) {
    if (bytes >= heldBytes) {
      held = what;
      heldBytes = bytes;
    }
  }

  /** Notes how many parameters the network has that is trained. */
  public static void training(int parameters) {
    OutOfMemory.parameters = parameters;
  }

  /**
   * Whether that is why something failed: it does so again, however often it is tried. Executors
   * that the system has ended are not meant, as it may have ended them for others.
   */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || isTold(String.valueOf(cause.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text of Spark's tells that memory ran out in a process of Java's. */
  public static boolean isTold(String text) {
    return TOLD.matcher(text).find();
  }

  /** The line for the user, if that is why something failed. */
  public static Optional<String> line(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError error) {
        reserve = null;
        boolean inTask = failure != cause && !heap.local();
        return Optional.of(line(inTask ? heap : Heap.ofThisProcess(), error.getMessage()));
      }
      String message = String.valueOf(cause.getMessage());
      Matcher refused = REFUSED.matcher(message);
      if (refused.find()) {
        return Optional.of(tooSmallForSpark(refused));
      }
      Matcher told = TOLD.matcher(message);
      if (told.find()) {
        return Optional.of(line(heap, told.group(1) == null ? told.group(2) : told.group(1)));
      }
      Matcher killed = KILLED.matcher(message);
      if ((cause instanceof ClusterException || cause instanceof SparkException) && killed.find()) {
        return Optional.of(killed(killed.group(1)));
      }
    }
    return Optional.empty();
  }

  private static String killed(String status) {
    return "executors were killed%s, as those are that take more memory than there is: %s, too large for %s and %,d MB beside it: give more with spark.executor.memoryOverhead=%dm, or run fewer executors on a machine"
        .formatted(
            status == null ? "" : " (status " + status + ")",
            what(),
            heap,
            beside / Heap.MB,
            2 * beside / Heap.MB);
  }

  private static String tooSmallForSpark(Matcher refused) {
    Heap small = refused.group(1).equals("System") ? Heap.ofThisProcess() : heap;
    return "%s is less than the %,d MB that Spark begins with: %s"
        .formatted(small, Long.parseLong(refused.group(2)) / Heap.MB, small.remedy(1, 1));
  }

  private static String line(Heap heap, String reason) {
    return "out of memory%s: %s, too large for %s: %s"
        .formatted(
            reason == null ? "" : " (" + reason.strip() + ")",
            what(),
            heap,
            heap.remedy(2 * heap.bytes(), 1));
  }

  private static String what() {
    return parameters == 0
        ? held
        : "%s, and a network of %,d parameters".formatted(held, parameters);
  }

  /**
   * Of any thread that nobody waits for: Spark would go on without it, and the user wait for ever.
   *
   * @param end told the line; is to end the process
   */
  public static void watchThreads(Consumer<String> end) {
    Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
    AtomicBoolean ending = new AtomicBoolean();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          Optional<String> line = line(thrown);
          if (ending.get()) {
            // What fails now does so because the process ends.
            return;
          }
          if (line.isPresent()) {
            if (!ending.getAndSet(true)) {
              end.accept(line.get());
            }
          } else if (usual != null) {
            usual.uncaughtException(thread, thrown);
          } else {
            System.err.printf("Exception in thread \"%s\" ", thread.getName());
            thrown.printStackTrace();
          }
        });
  }
}
