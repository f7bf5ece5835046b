package dev.lockstep.report;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.lockstep.spark.Metrics;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.Score;
import java.util.function.Function;

/**
 * A run's figures in Spark's metrics system, from where any of its sinks (Prometheus, JMX,
 * Graphite, CSV) takes them, under {@code lockstep}.
 */
public final class RunMetrics implements RunListener {
  private final MetricRegistry registry = new MetricRegistry();
  private Metrics shown;
  private volatile RoundReport last;
  private volatile Score score;

  public RunMetrics() {
    gauge("step", report -> report.steps());
    gauge("epoch", report -> report.epoch());
    gauge("round", report -> report.round());
    gauge("loss", report -> report.loss());
    gauge("examplesPerSecond", report -> report.examplesPerSecond());
    registry.register(
        "validationAccuracy", (Gauge<Number>) () -> score == null ? Double.NaN : score.accuracy());
  }

  private void gauge(String name, Function<RoundReport, Number> value) {
    registry.register(name, (Gauge<Number>) () -> last == null ? 0 : value.apply(last));
  }

  @Override
  public void started(long steps, long totalSteps) {
    shown = Metrics.show("lockstep", registry);
  }

  @Override
  public void progress(RoundReport report) {
    last = report;
  }

  @Override
  public void round(RoundReport report) {
    last = report;
  }

  @Override
  public void validated(RoundReport report, Evaluation evaluation) {
    score = evaluation.score();
  }

  @Override
  public void ended() {
    shown.close();
  }
}
