package dev.lockstep.spark;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;

/** Where Spark keeps files of its own. */
public final class LocalDirs {
  private LocalDirs() {}

  /** Folders on local disks, made or not. */
  public static List<String> of(SparkConf conf) {
    return List.of(Utils.getConfiguredLocalDirs(conf));
  }
}
