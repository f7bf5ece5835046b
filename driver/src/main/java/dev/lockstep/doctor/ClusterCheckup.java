package dev.lockstep.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Looks at executors, from inside them: their process, and what they see of paths. */
final class ClusterCheckup {
  /** So many tasks a core that each executor gets some. */
  private static final int TASKS_A_CORE = 3;

  private ClusterCheckup() {}

  /**
   * What each executor finds; in local mode the driver is the only one, and has looked at itself.
   *
   * @param paths that executors are to read
   */
  static List<Finding> findings(JavaSparkContext spark, List<String> paths) {
    Map<String, List<Finding>> byExecutor = new LinkedHashMap<>();
    int tasks = spark.defaultParallelism() * TASKS_A_CORE;
    List<String> wanted = List.copyOf(paths);
    boolean local = spark.isLocal();
    spark.setJobGroup("doctor", "look at executors");
    spark
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .map(unused -> new Seen(place(), local ? paths(wanted) : inside(wanted)))
        .collect()
        .forEach(seen -> byExecutor.putIfAbsent(seen.place(), seen.findings()));
    List<Finding> findings = new ArrayList<>();
    if (!local) {
      findings.add(Finding.ok("executors", "%d answered".formatted(byExecutor.size())));
    }
    byExecutor.forEach((place, found) -> found.forEach(finding -> findings.add(finding.at(place))));
    return findings;
  }

  private record Seen(String place, List<Finding> findings) implements java.io.Serializable {}

  private static String place() {
    SparkEnv env = SparkEnv.get();
    return "executor %s (%s)"
        .formatted(env.executorId(), env.blockManager().blockManagerId().host());
  }

  private static List<Finding> inside(List<String> paths) {
    List<Finding> findings = new ArrayList<>(ProcessCheckup.findings());
    findings.addAll(paths(paths));
    return findings;
  }

  private static List<Finding> paths(List<String> paths) {
    return paths.stream().map(ClusterCheckup::path).toList();
  }

  private static Finding path(String path) {
    try {
      Path wanted = new Path(path);
      boolean there = wanted.getFileSystem(SparkHadoopUtil.get().conf()).exists(wanted);
      return there
          ? Finding.ok("path", path)
          : Finding.problem(
              "path",
              path + " is not there",
              "put it where all executors see it: hdfs:, s3a:, or a mount under the same path");
    } catch (IOException e) {
      return Finding.problem("path", path + ": " + e.getMessage(), "see that it can be read");
    }
  }
}
