package dev.lockstep.doctor;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/** Looks at Spark's settings: what cannot work, and what will hurt. */
final class SettingsCheckup {
  /** A network of a million parameters, and minibatches of 64 with 2,000 units. */
  private static final long USUAL_PARAMETERS = 1_000_000;

  private static final long USUAL_VALUES = 64 * 2000;

  private SettingsCheckup() {}

  static List<Finding> findings(SparkConf conf) {
    List<Finding> findings = new ArrayList<>();
    findings.add(allocation(conf));
    if (!conf.get("spark.master", "local").startsWith("local")) {
      findings.add(memory(conf));
      findings.add(authentication(conf));
    }
    return findings;
  }

  private static Finding allocation(SparkConf conf) {
    return conf.getBoolean("spark.dynamicAllocation.enabled", false)
        ? Finding.ok("allocation", "dynamic")
        : Finding.ok("allocation", "fixed");
  }

  /** For an executor whose network is not known yet. */
  static MemoryPlan usual(long heap, int slots) {
    return new MemoryPlan(heap, slots, USUAL_PARAMETERS, USUAL_VALUES);
  }

  private static Finding memory(SparkConf conf) {
    long heap = conf.getSizeAsBytes("spark.executor.memory", "1g");
    int slots = conf.getInt("spark.executor.cores", 1);
    MemoryPlan plan = usual(heap, slots);
    long overhead = conf.getSizeAsBytes("spark.executor.memoryOverhead", plan.sparkDefault() + "b");
    String found =
        "%d MB of heap and %d MB beside it for %d task slots"
            .formatted(heap >> 20, overhead >> 20, slots);
    return overhead >= plan.overhead()
        ? Finding.ok("executor memory", found)
        : Finding.warning(
            "executor memory",
            found,
            "set spark.executor.memoryOverhead=%dm and in spark.executor.extraJavaOptions %s, for a network of a million parameters"
                .formatted(plan.overhead() >> 20, plan.javaOptions()));
  }

  private static Finding authentication(SparkConf conf) {
    return conf.getBoolean("spark.authenticate", false)
        ? Finding.ok("authentication", "spark.authenticate")
        : Finding.warning(
            "authentication",
            "none: whoever reaches the cluster's ports can run code there",
            "set spark.authenticate=true and spark.network.crypto.enabled=true");
  }
}
