package dev.lockstep.report;

import dev.lockstep.models.ModelState;
import dev.lockstep.report.Charts.Line;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Remembers what was displayed, for plots. */
public final class History implements RunListener {
  private final BiFunction<ModelState, Double, Map<String, Double>> figures;
  private final List<double[]> losses = new ArrayList<>();
  private final List<double[]> accuracies = new ArrayList<>();

  /**
   * @param figures as displayed, among them "loss"
   */
  public History(BiFunction<ModelState, Double, Map<String, Double>> figures) {
    this.figures = figures;
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    losses.add(new double[] {report.steps(), figures.apply(state, report.loss()).get("loss")});
  }

  @Override
  public void validated(RoundReport report, Score score) {
    if (score.hasAccuracy()) {
      accuracies.add(new double[] {report.steps(), score.accuracy()});
    }
  }

  Line losses() {
    return line("loss", losses);
  }

  Line accuracies() {
    return line("accuracy", accuracies);
  }

  private static Line line(String name, List<double[]> points) {
    return new Line(
        name,
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> point[1]).toArray());
  }
}
