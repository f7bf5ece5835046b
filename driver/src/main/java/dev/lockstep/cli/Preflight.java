package dev.lockstep.cli;

import dev.lockstep.doctor.Doctor;
import dev.lockstep.doctor.Finding;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** What is looked at before a job, so that it does not fail half way. */
final class Preflight {
  private Preflight() {}

  /**
   * Makes sure that Spark's settings can work, and that all executors see what they are to read.
   *
   * @throws UserError naming the first thing that would fail, and what to do
   */
  static void expect(JavaSparkContext spark, List<String> paths) {
    Doctor.preflight(spark, paths).ifPresent(Preflight::fail);
  }

  private static void fail(Finding problem) {
    throw new UserError("%s: %s: %s".formatted(problem.about(), problem.found(), problem.fix()));
  }
}
