package dev.lockstep.report;

import dev.lockstep.report.Charts.Line;
import dev.lockstep.report.HistoryEntry.Displayed;
import dev.lockstep.report.HistoryEntry.Validated;
import dev.lockstep.train.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** The pictures of a run, each as PNG and as SVG, in one folder. */
public final class Plots {
  private final Path folder;

  public Plots(Path folder) {
    this.folder = folder;
  }

  /** {@code loss}, and {@code accuracy} where it was measured. */
  public void history(History history) throws IOException {
    List<Displayed> displays = history.displays();
    double[] steps = displays.stream().mapToDouble(Displayed::step).toArray();
    double[] losses = displays.stream().mapToDouble(d -> d.figures().get("loss")).toArray();
    line("loss", "Training loss", new Line("loss", steps, losses));
    List<Validated> seen =
        history.validations().stream().filter(v -> v.score().hasAccuracy()).toList();
    if (!seen.isEmpty()) {
      double[] at = seen.stream().mapToDouble(Validated::step).toArray();
      double[] accuracies = seen.stream().mapToDouble(v -> v.score().accuracy()).toArray();
      line("accuracy", "Validation accuracy", new Line("accuracy", at, accuracies));
    }
  }

  private void line(String name, String title, Line line) throws IOException {
    Charts.picture(Charts.lines(title, "steps", line.name(), List.of(line))).save(folder, name);
  }

  /** {@code fit}: points, and what the network says of them. */
  public void fit(Fit fit) throws IOException {
    int[] byX =
        IntStream.range(0, fit.x().length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> fit.x()[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] x = pick(fit.x(), byX);
    XYChart chart =
        Charts.lines("Fit", "x", "y", List.of(new Line("network", x, pick(fit.fitted(), byX))));
    Charts.addPoints(chart, new Line("data", x, pick(fit.y(), byX)));
    Charts.picture(chart).save(folder, "fit");
  }

  private static double[] pick(float[] values, int[] order) {
    return IntStream.of(order).mapToDouble(i -> values[i]).toArray();
  }

  /** {@code confusion}: the confusion matrix. */
  public void confusion(ConfusionMatrix confusion) throws IOException {
    new ConfusionPicture(confusion).picture().save(folder, "confusion");
  }

  /** {@code mistakes}: a contact sheet of what was taken for something else. */
  public void mistakes(ContactSheet sheet) throws IOException {
    sheet.picture().save(folder, "mistakes");
  }

  /** {@code examples}: a contact sheet of a data set. */
  public void examples(ContactSheet sheet) throws IOException {
    sheet.picture().save(folder, "examples");
  }

  /** {@code losses}: the loss curves of several runs, on a logarithmic axis. */
  public void losses(List<Curve> curves) throws IOException {
    XYChart chart =
        Charts.lines(
            "Training loss",
            "steps",
            "loss",
            curves.stream().map(c -> new Line(c.name(), c.steps(), c.losses())).toList());
    chart.getStyler().setYAxisLogarithmic(true);
    Charts.picture(chart).save(folder, "losses");
  }

  /**
   * Points and what a network says of them.
   *
   * @param x inputs
   * @param y targets, as many
   * @param fitted the network's output, as many
   */
  public record Fit(float[] x, float[] y, float[] fitted) {}

  /**
   * A run's loss.
   *
   * @param steps when it was measured
   * @param losses more than 0, as many
   */
  public record Curve(String name, double[] steps, double[] losses) {}
}
