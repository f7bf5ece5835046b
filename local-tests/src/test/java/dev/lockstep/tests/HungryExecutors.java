package dev.lockstep.tests;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** Executors whose memory is taken, on a thread of its own, once a file is there. */
public final class HungryExecutors implements SparkPlugin {
  /** The setting that names the file. */
  static final String FILE = "spark.lockstep.tests.hungry";

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extra) {
        Hungry.besideOnce(Path.of(context.conf().get(FILE)));
      }
    };
  }
}
