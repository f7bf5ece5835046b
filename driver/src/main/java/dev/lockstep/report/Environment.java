package dev.lockstep.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.factory.Nd4j;

/** What a run goes on. */
public final class Environment {
  private static final long MEGABYTE = 1 << 20;

  private Environment() {}

  /** Versions and sizes by name; nothing that names a person or a machine. */
  public static Map<String, String> of(JavaSparkContext spark) {
    Map<String, String> environment = new LinkedHashMap<>();
    String version = Environment.class.getPackage().getImplementationVersion();
    environment.put("Lockstep", version == null ? "development build" : version);
    environment.put("Spark", spark.version());
    environment.put("master", spark.master());
    environment.put("task slots", String.valueOf(spark.defaultParallelism()));
    environment.put("executors", String.valueOf(executors(spark)));
    environment.put("ND4J backend", Nd4j.getBackend().getClass().getSimpleName());
    environment.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    environment.put(
        "operating system",
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    environment.put("driver's cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    environment.put(
        "driver's heap", Figures.count(Runtime.getRuntime().maxMemory() / MEGABYTE) + " MB");
    return environment;
  }

  /** How many, the driver not counted unless it is all there is. */
  private static int executors(JavaSparkContext spark) {
    return Math.max(1, spark.sc().getExecutorMemoryStatus().size() - 1);
  }
}
