package dev.lockstep.report.html;

import dev.lockstep.report.History;
import dev.lockstep.report.HistoryEntry.Displayed;
import dev.lockstep.report.HistoryEntry.Found;
import dev.lockstep.report.HistoryEntry.Validated;
import dev.lockstep.report.Plots.Fit;
import dev.lockstep.report.html.Chart.Series;
import dev.lockstep.report.html.Page.Width;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A run's curves, each a card of a page. */
final class CurveCards {
  private static final int LOSS = 0;
  private static final int SPEED = 1;
  private static final int ACCURACY = 2;
  private static final int NETWORK = 4;

  private final Page page;
  private final History history;

  CurveCards(Page page, History history) {
    this.page = page;
    this.history = history;
  }

  /** Of training and of validation. */
  void learning() {
    List<Displayed> displays = history.displays();
    curve("Training loss", "loss", LOSS, displays, Displayed::step, d -> d.figures().get("loss"));
    List<Validated> seen = history.validations();
    List<Validated> recognised = seen.stream().filter(v -> v.score().hasAccuracy()).toList();
    curve(
        "Validation accuracy",
        "accuracy",
        ACCURACY,
        recognised,
        Validated::step,
        v -> v.score().accuracy());
    curve("Validation loss", "loss", LOSS, seen, Validated::step, v -> v.score().loss());
  }

  /** How far workers went alone, how far they then agreed, and what it cost. */
  void averaging() {
    List<Found> found = history.found();
    List<Found> measured =
        found.stream().filter(f -> Double.isFinite(f.period().agreement())).toList();
    curve("Averaging period", "minibatches", SPEED, found, Found::step, f -> f.period().period());
    curve(
        "Agreement of workers",
        "agreement",
        ACCURACY,
        measured,
        Found::step,
        f -> f.period().agreement());
    curve(
        "Spread of workers over progress",
        "spread",
        LOSS,
        measured,
        Found::step,
        f -> f.period().spread());
    curve("Time for averaging", "part of the time", SPEED, found, Found::step, Found::cost);
  }

  /** How fast it was. */
  void speed() {
    chart("examples/s", SPEED, history.displays(), Displayed::step, Displayed::examplesPerSecond)
        .map(Chart::fromZero)
        .ifPresent(chart -> card("Speed", chart));
  }

  private <T> void curve(
      String heading,
      String name,
      int colour,
      List<T> points,
      ToDoubleFunction<T> step,
      ToDoubleFunction<T> value) {
    chart(name, colour, points, step, value).ifPresent(chart -> card(heading, chart));
  }

  /** Empty if there is nothing to draw. */
  private static <T> Optional<Chart> chart(
      String name,
      int colour,
      List<T> points,
      ToDoubleFunction<T> step,
      ToDoubleFunction<T> value) {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    double[] x = points.stream().mapToDouble(step).toArray();
    double[] y = points.stream().mapToDouble(value).toArray();
    return Optional.of(Chart.of("steps", name, new Series(name, colour, x, y)));
  }

  private void card(String heading, Chart chart) {
    page.card(heading, Width.HALF, chart.html());
  }

  /** What a network of one input and one output says of its points. */
  void fit(Fit fit) {
    int[] byX =
        IntStream.range(0, fit.x().length)
            .boxed()
            .sorted((a, b) -> Float.compare(fit.x()[a], fit.x()[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] x = pick(fit.x(), byX);
    Series network = new Series("network", NETWORK, x, pick(fit.fitted(), byX));
    Series data = new Series("data", LOSS, x, pick(fit.y(), byX));
    page.card(
        "Fit",
        Width.HALF,
        Html.join(
            new Chart("x", "y", List.of(network), List.of(data)).html(),
            new Html(
                "<ul class='legend'><li><i class='c0 round'></i>data</li>"
                    + "<li><i class='c4'></i>network</li></ul>")));
  }

  private static double[] pick(float[] values, int[] order) {
    return IntStream.of(order).mapToDouble(i -> values[i]).toArray();
  }
}
