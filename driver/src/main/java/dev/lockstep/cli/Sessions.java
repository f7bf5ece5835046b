package dev.lockstep.cli;

import dev.lockstep.memory.OutOfMemory;
import dev.lockstep.spark.LibraryOutput;
import dev.lockstep.spark.LocalDirs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.slf4j.LoggerFactory;

/** The Spark context of a command. */
final class Sessions {
  private static final String LOOPBACK = "127.0.0.1";

  /** Of Spark's: it describes each RDD in JSON, for pages that local runs do not have. */
  private static final String NO_SCOPES = "spark.rdd.scope.noOverride";

  private static Ahead<?> logging;

  private Sessions() {}

  /** Begins to read how to log, which takes as long as reading a command line. */
  static void readLogSettings() {
    LoggerFactory.getILoggerFactory(); // on one thread, or SLF4J warns
    logging = Ahead.of(() -> LoggerFactory.getLogger(Sessions.class));
  }

  /**
   * With the master and settings that were given; {@code local[*]} where none was.
   *
   * @throws UserError if nobody answers at the master's address, or Spark refuses a setting
   */
  static JavaSparkContext open(String name) {
    return open(name, Map.of());
  }

  /** With settings besides, as options of the command say. */
  static JavaSparkContext open(String name, Map<String, String> options) {
    if (logging != null) {
      logging.get(); // Spark would take logging for not configured.
    }
    SparkConf conf = new SparkConf().setAppName("lockstep " + name);
    options.forEach(conf::set);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // Workers meet: none may wait for the executor it would like best.
    conf.setIfMissing("spark.locality.wait", "0s");
    // Kryo, which many clusters set, writes neither records nor lambdas; the bulk is arrays anyway.
    conf.set("spark.serializer", JavaSerializer.class.getName());
    // One task is one core: OpenBLAS must not start threads of its own beside Spark's.
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    List.of("spark.lockstep.timeout", "spark.lockstep.executorTimeout")
        .forEach(setting -> expectTime(conf, setting));
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      conf.setIfMissing("spark.broadcast.compress", "false"); // Nothing leaves the process.
    } else {
      StandaloneMaster.expectReachable(conf.get("spark.master"));
      replaceWhatHangs(conf);
    }
    OutOfMemory.toldBySpark(conf);
    expectScratch(conf);
    try {
      JavaSparkContext spark = new QuietContext(conf);
      if (!conf.getBoolean("spark.ui.enabled", true)
          && !conf.getBoolean("spark.eventLog.enabled", false)) {
        spark.setLocalProperty(NO_SCOPES, "true");
      }
      return spark;
    } catch (Exception e) {
      // Spark checks its settings by trying them: not all of its exceptions are unchecked.
      throw new UserError("Spark does not start: " + Errors.inOneLine(e));
    }
  }

  private static void expectTime(SparkConf conf, String setting) {
    try {
      conf.getTimeAsSeconds(setting, "60s");
    } catch (NumberFormatException e) {
      throw new UserError(
          "%s: expected a time such as 60s, found '%s'".formatted(setting, conf.get(setting)));
    }
  }

  /**
   * Spark asks executors to free what is stored, and waits for no answer; those that come while it
   * stops, Scala prints as stack traces.
   */
  private static final class QuietContext extends JavaSparkContext {
    QuietContext(SparkConf conf) {
      super(conf);
    }

    @Override
    public void close() {
      PrintStream usual = LibraryOutput.silence();
      try {
        super.close();
      } finally {
        System.setErr(usual);
      }
    }
  }

  /** Spark ends the process without a word where it has no place for its own files. */
  private static void expectScratch(SparkConf conf) {
    List<String> places = LocalDirs.of(conf);
    if (places.stream().noneMatch(Sessions::canWrite)) {
      throw new UserError(
          "spark.local.dir: %s cannot be written: name a folder on a local disk"
              .formatted(String.join(", ", places)));
    }
  }

  private static boolean canWrite(String folder) {
    try {
      return Files.isWritable(Files.createDirectories(Path.of(folder)));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  /**
   * Workers miss one that hangs after {@code spark.lockstep.timeout}; Spark is then to replace its
   * executor, and not some minutes later. An executor whose task does not end when told to ends
   * itself.
   */
  private static void replaceWhatHangs(SparkConf conf) {
    long timeout = conf.getTimeAsMs("spark.lockstep.timeout", "60s");
    long heartbeat = conf.getTimeAsMs("spark.executor.heartbeatInterval", "10s");
    long silence = Math.max(timeout, 3 * heartbeat);
    conf.setIfMissing("spark.storage.blockManagerHeartbeatTimeoutMs", silence + "ms");
    conf.setIfMissing("spark.network.timeoutInterval", silence / 6 + "ms");
    conf.setIfMissing("spark.task.reaper.enabled", "true");
    conf.setIfMissing("spark.task.reaper.killTimeout", silence + "ms");
  }
}
