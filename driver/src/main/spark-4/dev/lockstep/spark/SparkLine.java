package dev.lockstep.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.util.TransportConf;
import scala.Option;

/** The line of Spark that is built for, and what the others have otherwise. */
public final class SparkLine {
  /** How versions of it begin. */
  static final String PREFIX = "4.";

  /** As users write it. */
  public static final String NAME = "4";
  static final String SCALA = "2.13";

  private SparkLine() {}

  /** As Spark's own messages travel. */
  public static TransportConf transport(SparkConf conf, int threads) {
    return SparkTransportConf.fromSparkConf(conf, "rpc", threads, Option.empty(), Option.empty());
  }

  /** An application that ends with a status other than 0. */
  static SparkUserAppException failure(int status) {
    return new SparkUserAppException(status, null);
  }
}
