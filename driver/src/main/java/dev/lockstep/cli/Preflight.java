package dev.lockstep.cli;

import dev.lockstep.data.Locations;
import dev.lockstep.doctor.Doctor;
import dev.lockstep.doctor.Finding;
import dev.lockstep.doctor.JobPath;
import dev.lockstep.doctor.JobPath.Use;
import dev.lockstep.run.ModelDirectory;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** What is looked at before a job, so that it does not fail half way. */
final class Preflight {
  private Preflight() {}

  /**
   * Makes sure that Spark's settings can work, and that driver and executors can use the places of
   * the job.
   *
   * @param paths such as {@code JobPath.written("--out", "/shared/predictions")}
   * @throws UserError naming the first thing that would fail, and what to do
   */
  static void expect(JavaSparkContext spark, List<JobPath> paths) {
    expect(spark, paths, ExitCode.USER_ERROR);
  }

  /**
   * Makes sure that an output is not in the folder that a driver has in cluster mode, which goes
   * with it.
   *
   * @throws UserError if it is
   */
  static void expectLasting(JavaSparkContext spark, String option, String place) {
    if ("cluster".equals(spark.getConf().get("spark.submit.deployMode", "client"))
        && !ModelDirectory.isElsewhere(place)
        && !place.startsWith("/")
        && !place.startsWith("file:")) {
      throw new UserError(
          "%s %s: in cluster mode this is in a folder that goes when the driver ends: name a place that stays: hdfs:, s3a:, or a mount that all see"
              .formatted(option, place));
    }
  }

  /**
   * The same.
   *
   * @param ifUnwritable the exit status where the job cannot write
   */
  static void expect(JavaSparkContext spark, List<JobPath> paths, int ifUnwritable) {
    paths.stream()
        .filter(path -> path.use() == Use.WRITE)
        .filter(path -> isOfMachines(path, spark.hadoopConfiguration()))
        .forEach(path -> expectLasting(spark, path.name(), path.path()));
    Doctor.preflight(spark, paths)
        .ifPresent(
            problem -> {
              boolean unwritable = paths.stream().anyMatch(path -> isOutput(path, problem));
              throw new UserError(
                  unwritable ? ifUnwritable : ExitCode.USER_ERROR,
                  "%s: %s: %s".formatted(problem.about(), problem.found(), problem.fix()));
            });
  }

  private static boolean isOfMachines(JobPath path, Configuration hadoop) {
    return "file".equals(Locations.of(path.path(), hadoop).toUri().getScheme());
  }

  private static boolean isOutput(JobPath path, Finding problem) {
    return path.use() != Use.READ && problem.isAbout(path.name());
  }

  /** Paths of one kind, of which the user calls all by the same name. */
  static List<JobPath> reads(String name, List<String> paths) {
    return paths.stream().map(path -> JobPath.read(name, path)).toList();
  }
}
