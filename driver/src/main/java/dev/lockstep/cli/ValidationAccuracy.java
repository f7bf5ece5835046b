package dev.lockstep.cli;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.report.History;
import dev.lockstep.strategy.Shards;
import dev.lockstep.train.DistributedEvaluation;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Measures the accuracy on validation data at each checkpoint. */
record ValidationAccuracy(
    JavaSparkContext spark, Shards validation, NetworkDefinition network, History history)
    implements RunListener {

  @Override
  public void checkpoint(RoundReport report, ModelState state, Path file) {
    history.accuracy(
        report.steps(),
        DistributedEvaluation.evaluate(spark, validation, network, state).confusion().accuracy());
  }
}
