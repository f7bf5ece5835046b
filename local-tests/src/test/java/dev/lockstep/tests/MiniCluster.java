package dev.lockstep.tests;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The cluster of real processes that {@code cluster/bin/mini-cluster} runs, in a folder. */
final class MiniCluster implements AutoCloseable {
  static final Path SCRIPT = Path.of("../cluster/bin/mini-cluster").toAbsolutePath().normalize();

  /** The product, and these tests. */
  static final String CLASSES =
      Product.JAR + File.pathSeparator + Path.of(Product.TARGET, "test-classes").toAbsolutePath();

  /** For processes that run briefly: the second compiler would take half of their time. */
  static final String BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /** The setting that gives it to executors. */
  static final String BRIEF_EXECUTORS = "spark.executor.extraJavaOptions=" + BRIEF;

  private static final Pattern APPLICATION = Pattern.compile("--app-id (\\S+)");

  private final Path folder;
  private final int workers;
  private final int cores;
  private final String memory;
  private final Map<String, String> environment;
  private final String master;

  /**
   * Starts it, one task slot a worker.
   *
   * @param environment such as SPARK_MASTER_OPTS
   */
  MiniCluster(Path folder, int workers, Map<String, String> environment) {
    this(folder, workers, 1, environment);
  }

  /**
   * @param cores task slots of each worker
   */
  MiniCluster(Path folder, int workers, int cores, Map<String, String> environment) {
    this(folder, workers, cores, "1g", environment);
  }

  /**
   * @param memory that each worker has for executors
   */
  MiniCluster(Path folder, int workers, int cores, String memory, Map<String, String> environment) {
    this.folder = folder;
    this.workers = workers;
    this.cores = cores;
    this.memory = memory;
    this.environment = environment;
    master = start().replaceFirst("(?s): .*", "");
  }

  /** Brings back what has died; what the script says. */
  String start() {
    Output output =
        script("start", "--workers=" + workers, "--cores=" + cores, "--memory=" + memory);
    assertThat(output.exitCode()).as(output.text()).isZero();
    return output.text();
  }

  Output script(String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "--dir", folder.toString()));
    command.addAll(List.of(arguments));
    return Output.of(environment, command);
  }

  /** Begins a command that the launcher sends to this cluster. */
  Process launch(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Product.LAUNCHER.toString(), "--master", master, "--spark-conf", BRIEF_EXECUTORS));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("OMP_NUM_THREADS");
    builder.environment().put("SPARK_HOME", sparkHome().toString());
    return builder.start();
  }

  String master() {
    return master;
  }

  /** As {@code SPARK_HOME}. */
  Path sparkHome() {
    return folder.resolve("spark");
  }

  /** Spark's own spark-submit with the product's main class. */
  Output submit(SparkConf conf, String... arguments) {
    return Output.of(environment, submission(conf, arguments));
  }

  /** The command line of {@link #submit}. */
  List<String> submission(SparkConf conf, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                sparkHome().resolve("bin/spark-submit").toString(),
                "--master",
                master,
                "--class",
                "dev.lockstep.cli.Main",
                "--driver-java-options",
                BRIEF,
                "--conf",
                BRIEF_EXECUTORS));
    Stream.of(conf.getAll())
        .forEach(setting -> command.addAll(List.of("--conf", setting._1() + "=" + setting._2())));
    command.add(Product.JAR.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** A context whose executors see the product and these tests; all of them have come. */
  JavaSparkContext connect(SparkConf conf) {
    return new JavaSparkContext(
        conf.setMaster(master)
            .setAppName("tests")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.ui.enabled", "false")
            .set("spark.executor.extraClassPath", CLASSES)
            .set("spark.executorEnv.OMP_NUM_THREADS", "1")
            .setIfMissing("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1")
            // As in the product: else a task waits three seconds for a slot beside its examples.
            .set("spark.locality.wait", "0")
            .set("spark.cores.max", String.valueOf(workers * cores))
            .set("spark.scheduler.minRegisteredResourcesRatio", "1.0"));
  }

  /**
   * The process of a worker, by number from 1. Its command line must tell that it is, since the id
   * of one that has ended may be another process's by now.
   */
  ProcessHandle worker(int number) {
    try {
      String pid = Files.readString(folder.resolve("run/worker-" + number)).split(" ")[0];
      String workDir = folder.resolve("work/worker-" + number).toString();
      return ProcessHandle.of(Long.parseLong(pid))
          .filter(process -> process.info().commandLine().orElse("").contains(workDir))
          .orElseThrow(() -> new AssertionError("worker %d does not run".formatted(number)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The executors that live. */
  List<ProcessHandle> executors() {
    return executors(
        Stream.iterate(1, number -> number + 1)
            .limit(workers)
            .flatMap(number -> worker(number).children()));
  }

  /**
   * The executors of the last application that has any, as those of one that has ended take a while
   * to end.
   *
   * @param children of workers
   */
  static List<ProcessHandle> executors(Stream<ProcessHandle> children) {
    TreeMap<String, List<ProcessHandle>> byApplication =
        children.collect(groupingBy(MiniCluster::application, TreeMap::new, toList()));
    byApplication.remove("");
    return byApplication.isEmpty() ? List.of() : byApplication.lastEntry().getValue();
  }

  /** Of an executor the id of its application, which is in the order of beginning; else nothing. */
  private static String application(ProcessHandle process) {
    Matcher id = APPLICATION.matcher(commandLine(process));
    return id.find() ? id.group(1) : "";
  }

  /** Java tells no more than the first 4 kB of it. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid())))
          .replace('\0', ' ');
    } catch (IOException e) { // not Linux, or it has ended
      return process.info().commandLine().orElse("");
    }
  }

  @Override
  public void close() {
    Output output = script("stop");
    assertThat(output.exitCode()).as(output.text()).isZero();
  }
}
