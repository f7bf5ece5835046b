package dev.lockstep.data;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one Spark context for the whole JVM: local[2], on loopback, without UI. */
public final class SparkExtension implements ParameterResolver {
  private static JavaSparkContext context;

  /** The context, started at its first use or after a test has stopped it. */
  public static synchronized JavaSparkContext context() {
    if (context == null || context.sc().isStopped()) {
      context =
          new JavaSparkContext(
              new SparkConf()
                  .setMaster("local[2]")
                  .setAppName("tests")
                  .set("spark.driver.host", "127.0.0.1")
                  .set("spark.driver.bindAddress", "127.0.0.1")
                  .set("spark.executor.heartbeatInterval", "200ms")
                  .set("spark.ui.enabled", "false"));
    }
    return context;
  }

  /** Stops the context, for tests that start one of their own. */
  public static synchronized void stop() {
    if (context != null) {
      context.stop();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == JavaSparkContext.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return context();
  }
}
