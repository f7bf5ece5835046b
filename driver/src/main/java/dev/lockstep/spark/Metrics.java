package dev.lockstep.spark;

import com.codahale.metrics.MetricRegistry;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/** Figures in Spark's metrics system, from where any of its sinks takes them. */
public final class Metrics implements Source, AutoCloseable {
  private final String name;
  private final MetricRegistry figures;

  private Metrics(String name, MetricRegistry figures) {
    this.name = name;
    this.figures = figures;
  }

  /** Shows figures under a name until closed. */
  public static Metrics show(String name, MetricRegistry figures) {
    Metrics shown = new Metrics(name, figures);
    SparkEnv.get().metricsSystem().registerSource(shown);
    return shown;
  }

  @Override
  public String sourceName() {
    return name;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return figures;
  }

  @Override
  public void close() {
    SparkEnv.get().metricsSystem().removeSource(this);
  }
}
