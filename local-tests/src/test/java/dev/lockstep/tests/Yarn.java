package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.apache.spark.deploy.yarn.Client;

/**
 * YARN on this machine: a resource manager and two node managers in this process, each container a
 * process of its own, started by YARN's own scripts. Applications are given to it by Spark's own
 * {@code spark-submit}, with the settings of {@code cluster/conf/yarn.conf}.
 */
final class Yarn implements AutoCloseable {
  private static final Path SETTINGS = Path.of("../cluster/conf/yarn.conf");
  private static final int NODES = 2;

  /** Of a node: room for one executor of yarn.conf, and one application master. */
  private static final int NODE_MEGABYTES = 6144;

  private static final int STEP_MEGABYTES = 64;
  private static final int NODE_CORES = 8;

  /** Of a container's file, the last ones. */
  private static final int LINES = 200;

  private final Path folder;
  private final MiniYARNCluster cluster;

  /**
   * Starts it.
   *
   * @param folder for all files, and as the home folder of its users
   */
  Yarn(Path folder) {
    this.folder = folder;
    try {
      SparkHome.assemble(spark(), Client.class);
      cluster =
          new MiniYARNCluster(Product.TARGET.replaceFirst("^target/?", "") + "/yarn", NODES, 1, 1);
      cluster.init(configuration());
      cluster.start();
      Path conf = Files.createDirectories(folder.resolve("hadoop"));
      try (OutputStream out = Files.newOutputStream(conf.resolve("yarn-site.xml"))) {
        cluster.getConfig().writeXml(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static YarnConfiguration configuration() {
    YarnConfiguration yarn = new YarnConfiguration();
    yarn.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, STEP_MEGABYTES);
    yarn.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, NODE_MEGABYTES);
    yarn.setInt(YarnConfiguration.NM_VCORES, NODE_CORES);
    yarn.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, true);
    // A JVM reserves many times what it uses.
    yarn.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    // As full as the disk of a machine for development may be.
    yarn.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    // capacity-scheduler.xml, which the minicluster lacks.
    yarn.set("yarn.scheduler.capacity.root.queues", "default");
    yarn.setInt("yarn.scheduler.capacity.root.default.capacity", 100);
    yarn.setFloat("yarn.scheduler.capacity.maximum-am-resource-percent", 1);
    yarn.setInt("yarn.scheduler.capacity.node-locality-delay", -1);
    return yarn;
  }

  private Path spark() {
    return folder.resolve("spark");
  }

  /** Starts an application with the product's main class. */
  Process submit(String deployMode, String... arguments) throws IOException {
    String java = System.getProperty("java.home");
    List<String> command =
        new ArrayList<>(List.of(spark().resolve("bin/spark-submit").toString(), "--master=yarn"));
    command.addAll(List.of("--deploy-mode", deployMode, "--properties-file", SETTINGS.toString()));
    // What is not the same on all machines: where Java, Spark and the home folder are.
    for (String setting :
        List.of(
            "spark.yarn.appMasterEnv.JAVA_HOME=" + java,
            "spark.executorEnv.JAVA_HOME=" + java,
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.yarn.jars=local:" + spark().resolve("jars/*"),
            "spark.yarn.stagingDir=" + folder.resolve("staging").toUri())) {
      command.addAll(List.of("--conf", setting));
    }
    command.addAll(List.of("--class", "dev.lockstep.cli.Main", Product.JAR.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("OMP_NUM_THREADS", "SPARK_HOME"));
    builder.environment().put("HADOOP_CONF_DIR", folder.resolve("hadoop").toString());
    builder.environment().put("JAVA_HOME", java);
    return builder.start();
  }

  /** Runs an application to its end, which must be a good one. */
  Output run(String deployMode, String... arguments) throws IOException {
    Output output = Output.of(submit(deployMode, arguments));
    assertThat(output.exitCode()).as(() -> output.text() + logs()).isZero();
    return output;
  }

  /** The JVMs of executors that live. */
  List<ProcessHandle> executors() {
    return jvms("org.apache.spark.executor.YarnCoarseGrainedExecutorBackend");
  }

  /** The JVMs of application masters in cluster mode that live: drivers. */
  List<ProcessHandle> masters() {
    return jvms("org.apache.spark.deploy.yarn.ApplicationMaster");
  }

  private static List<ProcessHandle> jvms(String mainClass) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .filter(process -> process.info().commandLine().orElse("").contains(mainClass))
        .toList();
  }

  /** The application that was submitted last. */
  RMApp lastApplication() {
    return cluster.getResourceManager().getRMContext().getRMApps().values().stream()
        .max(Comparator.comparing(RMApp::getApplicationId))
        .orElseThrow(() -> new AssertionError("no application was submitted"));
  }

  /** The last of what the containers of the last application have written. */
  String logs() {
    String application = lastApplication().getApplicationId().toString();
    try (Stream<Path> files = Files.walk(cluster.getTestWorkDir().toPath())) {
      return files
          .filter(file -> file.toString().contains(application))
          .filter(file -> file.getFileName().toString().matches("stdout|stderr|prelaunch.err"))
          .sorted()
          .map(Yarn::log)
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String end(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  private static String log(Path file) {
    try {
      return "--- %s/%s%n%s%n"
          .formatted(file.getParent().getFileName(), file.getFileName(), end(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cluster.stop();
  }
}
