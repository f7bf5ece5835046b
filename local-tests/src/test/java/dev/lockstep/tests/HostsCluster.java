package dev.lockstep.tests;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A standalone cluster on {@link Hosts}: the master on the first, a worker of one task slot on each
 * that follows, the driver on the last. Who does not know the secret takes no part, and what goes
 * over the network is encrypted.
 */
final class HostsCluster implements AutoCloseable {
  static final int MASTER = 0;

  /** Processes see that somebody is gone after seconds. */
  private static final List<String> SETTINGS =
      List.of(
          "spark.authenticate=true",
          "spark.authenticate.secret=known-to-members",
          "spark.network.crypto.enabled=true",
          "spark.worker.timeout=8",
          "spark.executor.heartbeatInterval=1s",
          "spark.lockstep.timeout=6s");

  private static final String PORT = "7077";

  private final Path folder;
  private final int workers;
  private final Hosts hosts;
  private final List<Process> daemons = new ArrayList<>();

  HostsCluster(Path folder, int workers) {
    this.folder = folder;
    this.workers = workers;
    assembleSparkHome();
    hosts = new Hosts(workers + 2);
    daemons.add(daemon(MASTER, "master.Master", "--host", Hosts.address(MASTER), "--port", PORT));
    await(MASTER, "Starting Spark master at");
    for (int worker = 1; worker <= workers; worker++) {
      String work = folder.resolve("work-" + worker).toString();
      String[] arguments = {
        "--host",
        Hosts.address(worker),
        "--cores",
        "1",
        "--memory",
        "1g",
        "--work-dir",
        work,
        master()
      };
      daemons.add(daemon(worker, "worker.Worker", arguments));
    }
    IntStream.rangeClosed(1, workers)
        .forEach(worker -> await(worker, "Successfully registered with master"));
  }

  Hosts hosts() {
    return hosts;
  }

  String master() {
    return "spark://%s:%s".formatted(Hosts.address(MASTER), PORT);
  }

  /** The host of the driver. */
  int driverHost() {
    return workers + 1;
  }

  /** The hosts on which executors of the last application live. */
  List<Integer> busy() {
    return executors()
        .flatMap(executor -> executor.parent().stream())
        .map(this::hostOf)
        .distinct()
        .sorted()
        .toList();
  }

  private int hostOf(ProcessHandle daemon) {
    return daemons.stream().map(Process::toHandle).toList().indexOf(daemon);
  }

  private Stream<ProcessHandle> executors() {
    return MiniCluster.executors(daemons.stream().flatMap(Process::children)).stream();
  }

  /** The processes of master, worker and executors on a host. */
  List<ProcessHandle> processes(int host) {
    ProcessHandle daemon = daemons.get(host).toHandle();
    return Stream.concat(
            Stream.of(daemon),
            executors().filter(executor -> executor.parent().equals(Optional.of(daemon))))
        .toList();
  }

  /**
   * Starts the launcher on the driver's host.
   *
   * @param settings in addition; by default there are two task slots
   */
  Process launch(List<String> settings, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Product.LAUNCHER.toString()));
    command.addAll(List.of("--master", master(), "--heap", "1g"));
    String address = Hosts.address(driverHost());
    Stream.of(
            SETTINGS,
            List.of(
                "spark.driver.host=" + address,
                "spark.driver.bindAddress=" + address,
                "spark.cores.max=2",
                "spark.scheduler.minRegisteredResourcesRatio=1.0",
                "spark.executor.extraClassPath=" + Product.JAR,
                MiniCluster.BRIEF_EXECUTORS),
            settings)
        .flatMap(List::stream)
        .forEach(setting -> command.addAll(List.of("--spark-conf", setting)));
    command.addAll(List.of(arguments));
    return start(driverHost(), new ProcessBuilder(), command);
  }

  private Process daemon(int host, String type, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("@" + Product.LAUNCHER.resolveSibling("cluster/conf/jvm.options"));
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add(
        "-Dlog4j2.configurationFile="
            + Product.LAUNCHER.resolveSibling("cluster/conf/log4j2-verbose.properties"));
    SETTINGS.forEach(setting -> command.add("-D" + setting));
    command.addAll(List.of("-cp", folder.resolve("spark/jars") + "/*"));
    command.add("org.apache.spark.deploy." + type);
    command.addAll(List.of("--webui-port", "0"));
    command.addAll(List.of(arguments));
    return start(
        host, new ProcessBuilder().redirectErrorStream(true).redirectOutput(log(host)), command);
  }

  private Process start(int host, ProcessBuilder builder, List<String> command) {
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_LOCAL_IP", Hosts.address(host));
    environment.put("SPARK_LOCAL_DIRS", folder.resolve("local-" + host).toString());
    environment.put("SPARK_HOME", folder.resolve("spark").toString());
    environment.put("SPARK_SCALA_VERSION", scalaVersion());
    try {
      return builder.command(hosts.on(host, command.toArray(String[]::new))).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private File log(int host) {
    return folder.resolve("log-" + host).toFile();
  }

  private void await(int host, String line) {
    while (true) {
      try (BufferedReader log = Files.newBufferedReader(log(host).toPath())) {
        if (log.lines().anyMatch(each -> each.contains(line))) {
          return;
        }
        if (!daemons.get(host).isAlive()) {
          throw new IllegalStateException(Files.readString(log(host).toPath()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Pause.brief();
    }
  }

  private void assembleSparkHome() {
    try {
      Path jars = Files.createDirectories(folder.resolve("spark/jars"));
      Path bin = Files.createDirectories(folder.resolve("spark/bin"));
      for (String jar :
          Files.readString(Product.JAR.resolveSibling("spark.classpath")).split(":")) {
        Path file = Path.of(jar.strip());
        Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
      }
      Files.copy(
          Product.LAUNCHER.resolveSibling("cluster/spark-home/bin/spark-submit"),
          bin.resolve("spark-submit"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String scalaVersion() {
    String name =
        new File(folder.resolve("spark/jars").toString())
            .list((dir, file) -> file.startsWith("spark-core_"))[0];
    return name.replaceAll("spark-core_([0-9.]+)-.*", "$1");
  }

  @Override
  public void close() {
    daemons.stream()
        .flatMap(daemon -> Stream.concat(daemon.children(), Stream.of(daemon.toHandle())))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
    hosts.close();
  }
}
