package dev.lockstep.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/**
 * Hadoop's file systems, as users meet them: the libraries that they need, whether they answer, and
 * what they refuse.
 */
public final class FileSystems {
  private static final String S3 = "s3a";

  /**
   * How a store is asked the first time: the client's own settings are to outlast an outage in the
   * middle of a job, and would be silent for 15 minutes where a connection is refused.
   */
  private static final Map<String, String> ONCE =
      Map.of("fs.s3a.attempts.maximum", "2", "fs.s3a.retry.limit", "1");

  private static final String ADDRESS =
      "see that there is a network, and what spark.hadoop.fs.s3a.endpoint says";

  private static final Set<URI> ANSWERED = ConcurrentHashMap.newKeySet();

  private static final Pattern MISSING =
      Pattern.compile("(?s)Class (org\\.apache\\.hadoop\\.fs\\.(\\w+)\\.\\S+) not found.*");

  private static final Map<String, String> LIBRARIES =
      Map.of(S3, "hadoop-aws", "azure", "hadoop-azure", "azurebfs", "hadoop-azure");

  /** As Amazon's client has it in its messages. */
  private static final Pattern ERROR_CODE = Pattern.compile("Error Code: ([A-Za-z]{2,})");

  /** As the JDK has it where a file cannot be opened, for whatever reason. */
  private static final Pattern OPENING = Pattern.compile("\\(([A-Z][a-z]+(?: [a-z-]+)+)\\)$");

  private static final String NOT_THERE = "No such file or directory";

  private FileSystems() {}

  /**
   * The file system of a path. An object store in S3 is asked for it once in each process, so that
   * one that does not answer, or does not let anybody in, is known in seconds.
   *
   * @throws IOException if there is no such file system, or it cannot be used
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem files;
    try {
      files = path.getFileSystem(hadoop);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw new IOException(missing.getMessage(), missing);
      }
      throw e;
    }
    if (S3.equals(files.getUri().getScheme()) && !ANSWERED.contains(files.getUri())) {
      expectAnswer(path, hadoop);
      ANSWERED.add(files.getUri());
    }
    return files;
  }

  private static void expectAnswer(Path path, Configuration hadoop) throws IOException {
    Configuration brief = new Configuration(hadoop);
    ONCE.forEach(brief::set);
    try (FileSystem files = FileSystem.newInstance(path.toUri(), brief)) {
      files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      // It has answered.
    }
  }

  /** What a file system's own exception means to users, if it is known, and what to do. */
  public static Optional<String> reason(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<String> reason = ofThis(cause);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  /** The same of any exception: what is known of it, or else what it says itself, in one line. */
  public static String message(Throwable thrown) {
    if (isOfDisk(thrown)) {
      return message(thrown.getCause());
    }
    return known(thrown).orElseGet(() -> said(thrown));
  }

  private static String said(Throwable thrown) {
    String said =
        thrown instanceof FileSystemException of && of.getReason() != null
            ? of.getReason()
            : thrown.getMessage();
    return said == null ? thrown.getClass().getSimpleName() : said.lines().findFirst().orElse("");
  }

  /** What an exception of any file system means, if it is known. */
  static Optional<String> known(Throwable thrown) {
    return isOfDisk(thrown) ? known(thrown.getCause()) : reason(thrown).or(() -> ofAnyFile(thrown));
  }

  /** Hadoop's own for a fault of a local disk. */
  private static boolean isOfDisk(Throwable thrown) {
    return thrown instanceof FSError && thrown.getCause() != null;
  }

  private static Optional<String> ofAnyFile(Throwable thrown) {
    if (thrown instanceof FileNotFoundException) {
      Matcher opening = OPENING.matcher(String.valueOf(thrown.getMessage()));
      String why = opening.find() ? opening.group(1) : NOT_THERE;
      return Optional.of(
          switch (why) {
            case NOT_THERE -> "no such file";
            case "Permission denied" -> "permission denied";
            default -> why;
          });
    }
    if (thrown instanceof AccessDeniedException) {
      return Optional.of("permission denied");
    }
    return thrown instanceof NoSuchFileException ? Optional.of("no such file") : Optional.empty();
  }

  /** Of libraries that need not be there, exceptions are known by their names. */
  private static Optional<String> ofThis(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    String kind = thrown.getClass().getSimpleName();
    if (thrown instanceof ClassNotFoundException) {
      return library(message);
    }
    if (thrown instanceof UnsupportedFileSystemException && message.endsWith("\"s3\"")) {
      return Optional.of(message + ": say s3a: instead");
    }
    if (kind.equals("UnknownStoreException")) {
      return Optional.of("there is no such bucket: make it, or name another");
    }
    if (kind.equals("NoAuthWithAWSException") || kind.equals("NoAwsCredentialsException")) {
      return Optional.of(
          "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or with --spark-conf"
              + " spark.hadoop.fs.s3a.access.key and spark.hadoop.fs.s3a.secret.key");
    }
    if (thrown instanceof AccessDeniedException && isS3(thrown.getCause())) {
      return reason(thrown.getCause())
          .or(() -> Optional.of("permission denied" + code(message) + ": look at the credentials"));
    }
    if (kind.equals("AWSClientIOException") || kind.equals("ConnectTimeoutException")) {
      return connection(thrown).map(failed -> "no answer: %s: %s".formatted(failed, ADDRESS));
    }
    return Optional.empty();
  }

  private static Optional<String> library(String message) {
    Matcher missing = MISSING.matcher(message);
    if (!missing.matches()) {
      return Optional.empty();
    }
    String name = LIBRARIES.get(missing.group(2));
    return Optional.of(
        "%s is needed for such paths, and there is no such library: %s"
            .formatted(
                missing.group(1),
                name == null
                    ? "give its jar to Spark"
                    : "begin with --packages org.apache.hadoop:%s:%s"
                        .formatted(name, VersionInfo.getVersion())));
  }

  private static boolean isS3(Throwable cause) {
    return cause != null
        && cause
            .getClass()
            .getName()
            .matches("(?:com\\.amazonaws|software\\.amazon|.*\\.s3a)\\..*");
  }

  private static String code(String message) {
    Matcher code = ERROR_CODE.matcher(message);
    return code.find() ? " (%s)".formatted(code.group(1)) : "";
  }

  /**
   * Of a connection that failed, to where and why, which is neither the first nor the last said.
   */
  private static Optional<String> connection(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.startsWith("Connect to ")
          || cause instanceof SocketException
          || cause instanceof SocketTimeoutException
          || cause instanceof UnknownHostException) {
        return message.lines().findFirst();
      }
    }
    return Optional.empty();
  }
}
