package dev.lockstep.spark;

import java.util.Optional;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Option;

/**
 * Which attempt at its application a driver is, where a cluster starts a driver that was lost once
 * more, with the same command line: YARN does, in cluster mode.
 *
 * @param application the same for all attempts
 * @param number from 1
 */
public record ApplicationAttempt(String application, int number) {

  /**
   * Ends the process with an exit status. In the application master of YARN, where Spark takes an
   * exit for a failure whatever its status is, it is left to Spark.
   *
   * @throws SparkUserAppException there, if the status is not 0
   */
  public static void exit(int status) throws SparkUserAppException {
    if (System.getProperty("spark.yarn.app.id") == null) {
      System.exit(status);
    }
    if (status != 0) {
      throw SparkLine.failure(status);
    }
  }

  /** This driver; empty where the cluster starts none again. */
  public static Optional<ApplicationAttempt> of(JavaSparkContext spark) {
    Option<String> number = spark.sc().applicationAttemptId();
    return number.isDefined()
        ? Optional.of(
            new ApplicationAttempt(spark.sc().applicationId(), Integer.parseInt(number.get())))
        : Optional.empty();
  }
}
