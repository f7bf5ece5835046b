package dev.lockstep.doctor;

import dev.lockstep.doctor.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** All checks there are. */
public final class Doctor {
  private Doctor() {}

  /**
   * Looks at the driver, the settings and, on a cluster, at every executor.
   *
   * @param paths that executors are to read, on any Hadoop file system
   */
  public static List<Finding> examine(JavaSparkContext spark, List<String> paths) {
    List<Finding> findings = new ArrayList<>(ProcessCheckup.findings());
    findings.addAll(SettingsCheckup.findings(spark.getConf()));
    findings.addAll(ClusterCheckup.findings(spark, paths));
    return findings;
  }

  /**
   * The first reason why a job cannot work, found in less than a second: settings, and on a cluster
   * whether all executors see the paths.
   *
   * @param paths that executors are to read, on any Hadoop file system
   */
  public static Optional<Finding> preflight(JavaSparkContext spark, List<String> paths) {
    List<Finding> findings = new ArrayList<>(SettingsCheckup.findings(spark.getConf()));
    if (!spark.isLocal()) {
      findings.addAll(ClusterCheckup.findings(spark, paths));
    }
    return findings.stream().filter(finding -> finding.level() == Level.PROBLEM).findFirst();
  }
}
