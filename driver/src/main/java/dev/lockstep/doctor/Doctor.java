package dev.lockstep.doctor;

import dev.lockstep.doctor.Finding.Level;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.SparkJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** All checks there are. */
public final class Doctor {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Doctor() {}

  /**
   * Looks at the driver, the settings and, on a cluster, at every executor.
   *
   * @param paths that a job is to use
   */
  public static List<Finding> examine(JavaSparkContext spark, List<JobPath> paths) {
    PathCheckup places = PathCheckup.of(paths, spark.hadoopConfiguration());
    List<Finding> findings = new ArrayList<>(ProcessCheckup.findings());
    findings.addAll(SettingsCheckup.findings(spark.getConf()));
    findings.addAll(places.outputsByDriver());
    findings.addAll(spark.isLocal() ? places.inputsHere() : executors(spark, places));
    return findings;
  }

  private static List<Finding> executors(JavaSparkContext spark, PathCheckup places) {
    try {
      return ClusterCheckup.findings(spark, places, PATIENCE);
    } catch (ClusterException e) {
      return List.of(
          Finding.problem(
              "executors",
              "none came in %d seconds".formatted(PATIENCE.toSeconds()),
              "see on Spark's web page that workers run, with memory and cores that are free"));
    }
  }

  /**
   * The first reason why a job cannot work, found in less than a second: settings, whether the
   * driver can write, and on a cluster what executors see of the paths.
   *
   * @param paths that the job is to use
   * @throws ClusterException if there is no executor for long
   */
  public static Optional<Finding> preflight(JavaSparkContext spark, List<JobPath> paths) {
    PathCheckup places = PathCheckup.of(paths, spark.hadoopConfiguration());
    List<Finding> findings = new ArrayList<>(SettingsCheckup.findings(spark.getConf()));
    findings.addAll(places.outputsByDriver());
    Optional<Finding> problem = problem(findings);
    return problem.isPresent() || spark.isLocal()
        ? problem
        : problem(ClusterCheckup.findings(spark, places, SparkJob.patience(spark)));
  }

  private static Optional<Finding> problem(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.level() == Level.PROBLEM).findFirst();
  }
}
