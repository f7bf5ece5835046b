package dev.lockstep.report;

import dev.lockstep.report.Plots.Fit;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.RunResult;
import java.util.Map;
import java.util.Optional;

/**
 * What has come of a run.
 *
 * @param metrics measured at its end, by name
 * @param fit what a network of one input and one output says of its points
 * @param test how a classifier did on data that it was not trained on
 */
public record RunEnd(
    RunResult result, Map<String, Object> metrics, Optional<Fit> fit, Optional<Test> test) {

  /**
   * A test.
   *
   * @param mistakes some of what was taken for something else
   */
  public record Test(ConfusionMatrix confusion, ContactSheet mistakes) {}
}
