package dev.lockstep.tests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.master.Master$;
import org.apache.spark.deploy.worker.Worker$;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * Spark's standalone master and workers in this process, and executors in processes of their own,
 * all on loopback. Each worker goes by another name of this host, since Spark runs no second copy
 * of a task on the host of the first.
 */
final class TinyCluster implements AutoCloseable {
  private static final List<String> NAMES = List.of("127.0.0.1", "localhost");
  private static final int CORES = 2;
  private static final int MEMORY_MB = 1024;

  private final List<RpcEnv> parts = new ArrayList<>();
  private final String master;

  /**
   * @param folder for what executors write
   */
  TinyCluster(Path folder) {
    this(folder, new SparkConf());
  }

  /**
   * @param settings of all parts, such as a common secret
   */
  TinyCluster(Path folder, SparkConf settings) {
    assembleSparkHome();
    SparkConf conf = settings.clone().set("spark.ui.enabled", "false");
    RpcEnv masterEnv = Master$.MODULE$.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, conf)._1();
    parts.add(masterEnv);
    master = masterEnv.address().toSparkURL();
    for (int number = 0; number < NAMES.size(); number++) {
      parts.add(
          Worker$.MODULE$.startRpcEnvAndEndpoint(
              NAMES.get(number),
              0,
              0,
              CORES,
              MEMORY_MB,
              new String[] {master},
              folder.toString(),
              Option.apply(number),
              conf,
              Option.empty()));
    }
  }

  /** A context whose executors see the product and these tests. */
  JavaSparkContext connect(SparkConf conf) {
    String classes =
        Product.JAR + File.pathSeparator + Path.of("target/test-classes").toAbsolutePath();
    return new JavaSparkContext(
        conf.setMaster(master)
            .setAppName("tests")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.ui.enabled", "false")
            .set("spark.executor.memory", MEMORY_MB + "m")
            .set("spark.executorEnv.OMP_NUM_THREADS", "1")
            .set("spark.executor.extraClassPath", classes)
            .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
            .set("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
            .set("spark.cores.max", String.valueOf(NAMES.size() * CORES)));
  }

  /** The processes of the executors that live. */
  static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /**
   * Workers start executors from {@code $SPARK_HOME/jars}: links to the jars that Maven fetched.
   */
  private static void assembleSparkHome() {
    Path jars = Path.of(System.getenv("SPARK_HOME"), "jars");
    try {
      Files.createDirectories(jars);
      String classpath = Files.readString(Path.of("../driver/target/spark.classpath")).strip();
      for (String jar : classpath.split(File.pathSeparator)) {
        Path link = jars.resolve(Path.of(jar).getFileName());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(jar));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (int i = parts.size() - 1; i >= 0; i--) {
      RpcEnv part = parts.get(i);
      part.shutdown();
      part.awaitTermination();
    }
  }
}
