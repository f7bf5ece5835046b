package dev.lockstep.report;

import dev.lockstep.report.Plots.Fit;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.LabelCounts;
import dev.lockstep.train.RunResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has come of a run.
 *
 * @param metrics measured at its end, by name
 * @param fit what a network of one input and one output says of its points
 * @param test how a classifier did on data that it was not trained on
 * @param labels likewise, of one that tells several labels of an example
 */
public record RunEnd(
    RunResult result,
    Map<String, Object> metrics,
    Optional<Fit> fit,
    Optional<Test> test,
    Optional<Labels> labels) {

  /** Of what tells no labels. */
  public RunEnd(
      RunResult result, Map<String, Object> metrics, Optional<Fit> fit, Optional<Test> test) {
    this(result, metrics, fit, test, Optional.empty());
  }

  /**
   * A test of several labels of an example.
   *
   * @param names of the labels
   */
  public record Labels(LabelCounts counts, List<String> names) {}

  /**
   * A test.
   *
   * @param mistakes some of what was taken for something else
   */
  public record Test(ConfusionMatrix confusion, ContactSheet mistakes) {}
}
