package dev.lockstep.cli;

import dev.lockstep.data.FileSystems;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Mistakes of the user's that libraries find: what their exceptions mean to the user. */
final class LibraryRefusal {
  /** JavaCPP unpacks native libraries. */
  private static final String NATIVES = "org.bytedeco.javacpp.cachedir";

  private static final String FULL = "No space left on device";

  private LibraryRefusal() {}

  /** The line for the user, if an exception stands for a mistake. */
  static Optional<String> line(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (thrown instanceof InvalidPathException path) {
      return Optional.of("%s: is no path: %s".formatted(path.getInput(), path.getReason()));
    }
    if (thrown instanceof URISyntaxException uri) {
      return Optional.of("%s: is no path: %s".formatted(uri.getInput(), uri.getReason()));
    }
    if (thrown instanceof IOException || thrown instanceof ClassNotFoundException) {
      Optional<String> known = FileSystems.reason(thrown);
      if (known.isPresent()) {
        return known;
      }
    }
    if (thrown instanceof IOException && message.contains(NATIVES)) {
      return Optional.of(
          "no folder for native libraries: neither HOME (%s) nor java.io.tmpdir (%s) can be written: set one of them to a folder that can"
              .formatted(System.getProperty("user.home"), System.getProperty("java.io.tmpdir")));
    }
    if (thrown instanceof IOException && message.contains(FULL)) {
      return Optional.of("the disk is full: " + Errors.inOneLine(thrown));
    }
    return thrown instanceof SparkThrowable spark && isForUsers(spark)
        ? Optional.of(Errors.inOneLine(thrown))
        : Optional.empty();
  }

  /** Spark's messages for its users have a class such as CODEC_NOT_AVAILABLE. */
  @SuppressWarnings("deprecation") // What Spark 4 calls it otherwise is not in 3.5.
  private static boolean isForUsers(SparkThrowable thrown) {
    String kind = thrown.getErrorClass();
    return kind != null && !kind.startsWith("INTERNAL_ERROR");
  }
}
