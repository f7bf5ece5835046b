package dev.lockstep.doctor;

import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.SparkJob;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/** Looks at executors, from inside them: their process, and what they see of paths. */
final class ClusterCheckup {
  /** So many tasks a core that each executor gets some. */
  private static final int TASKS_A_CORE = 3;

  private ClusterCheckup() {}

  /**
   * What each executor finds.
   *
   * @param patience for how long there may be no executor
   * @throws ClusterException if there is none for longer
   */
  static List<Finding> findings(JavaSparkContext spark, PathCheckup paths, Duration patience) {
    PathCheckup wanted = paths.forExecutors();
    wanted.outputs().forEach(OutputPlace::putMark);
    try {
      return findings(ask(spark, wanted, patience));
    } finally {
      wanted.outputs().forEach(OutputPlace::removeMark);
    }
  }

  private static List<Seen> ask(JavaSparkContext spark, PathCheckup paths, Duration patience) {
    int tasks = spark.defaultParallelism() * TASKS_A_CORE;
    spark.setJobGroup("doctor", "look at executors");
    return SparkJob.collect(
        spark,
        spark
            .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
            .map(unused -> new Seen(place(), inside(paths))),
        patience);
  }

  private static List<Finding> findings(List<Seen> all) {
    Map<String, List<Finding>> byExecutor = new LinkedHashMap<>();
    all.forEach(seen -> byExecutor.putIfAbsent(seen.place(), seen.findings()));
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("executors", "%d answered".formatted(byExecutor.size())));
    byExecutor.forEach((place, found) -> found.forEach(finding -> findings.add(finding.at(place))));
    return findings;
  }

  private record Seen(String place, List<Finding> findings) implements Serializable {}

  private static String place() {
    SparkEnv env = SparkEnv.get();
    return "executor %s (%s)"
        .formatted(env.executorId(), env.blockManager().blockManagerId().host());
  }

  private static List<Finding> inside(PathCheckup paths) {
    List<Finding> findings = new ArrayList<>(ProcessCheckup.findings());
    findings.addAll(paths.byExecutor());
    return findings;
  }
}
