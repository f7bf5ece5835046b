package dev.lockstep.spark;

import java.util.Optional;
import scala.util.Properties;

/** The Spark that this process runs on. */
public final class SparkVersion {
  private SparkVersion() {}

  /** Such as 3.5.9. */
  public static String spark() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  /** Such as 2.12.18. */
  public static String scala() {
    return Properties.versionNumberString();
  }

  /** In one line, that this is not the Spark that Lockstep was built for, if it is not. */
  public static Optional<String> mismatch() {
    return mismatch(spark(), scala());
  }

  static Optional<String> mismatch(String spark, String scala) {
    boolean right = spark.startsWith(SparkLine.PREFIX) && scala.startsWith(SparkLine.SCALA + ".");
    return right
        ? Optional.empty()
        : Optional.of(
            "this jar is built for Spark %s with Scala %s, and runs on Spark %s with Scala %s: take"
                    .formatted(SparkLine.NAME, SparkLine.SCALA, spark, scala)
                + " the jar that has the line of Spark in its name, or that Spark");
  }

  /**
   * For those that are called from elsewhere than the command line.
   *
   * @throws IllegalStateException if this is not the Spark that Lockstep was built for
   */
  public static void expectMatch() {
    mismatch()
        .ifPresent(
            line -> {
              throw new IllegalStateException(line);
            });
  }
}
