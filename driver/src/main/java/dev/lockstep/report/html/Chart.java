package dev.lockstep.report.html;

import dev.lockstep.report.Figures;
import dev.lockstep.report.html.Axis.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * Curves and points as SVG, coloured by the page.
 *
 * @param curves each a line
 * @param points which no line joins
 */
record Chart(String xTitle, String yTitle, Floor floor, List<Series> curves, List<Series> points) {
  /** Where the y axis begins. */
  enum Floor {
    /** So that differences are seen. */
    LEAST_VALUE,
    /** So that proportions are. */
    ZERO
  }

  /** How many colours the page has. */
  static final int COLOURS = 8;

  private static final int WIDTH = 520;
  private static final int HEIGHT = 280;
  private static final int LEFT = 66;
  private static final int RIGHT = 12;
  private static final int TOP = 10;
  private static final int BOTTOM = 42;

  /** So many curves need thin lines. */
  private static final int MANY = 4;

  /** More marks than this could not be told apart. */
  private static final int MARKS = 120;

  /**
   * A named sequence of points.
   *
   * @param colour which of the page's colours
   * @param y as many as x
   */
  record Series(String name, int colour, double[] x, double[] y) {}

  /** Of which differences are to be seen. */
  Chart(String xTitle, String yTitle, List<Series> curves, List<Series> points) {
    this(xTitle, yTitle, Floor.LEAST_VALUE, curves, points);
  }

  static Chart of(String xTitle, String yTitle, Series curve) {
    return new Chart(xTitle, yTitle, List.of(curve), List.of());
  }

  /** The same, of which proportions are to be seen. */
  Chart fromZero() {
    return new Chart(xTitle, yTitle, Floor.ZERO, curves, points);
  }

  Html html() {
    double[] ys = heights();
    Axis x = Axis.of(Scale.LINEAR, all(Series::x), LEFT, WIDTH - RIGHT);
    Axis y = Axis.of(Scale.of(ys), ys, HEIGHT - BOTTOM, TOP);
    List<Html> parts = new ArrayList<>();
    for (double tick : y.ticks()) {
      parts.add(
          Html.of(
              "<line class='grid' x1='%s' x2='%s' y1='%s' y2='%s'/><text class='tick end' x='%s' y='%s'>%s</text>",
              LEFT,
              WIDTH - RIGHT,
              n(y.at(tick)),
              n(y.at(tick)),
              LEFT - 8,
              n(y.at(tick) + 4),
              Axis.label(tick)));
    }
    for (double tick : x.ticks()) {
      parts.add(
          Html.of(
              "<text class='tick' x='%s' y='%s'>%s</text>",
              n(x.at(tick)), HEIGHT - BOTTOM + 18, Axis.label(tick)));
    }
    parts.add(
        Html.of(
            "<text class='title' x='%s' y='%s'>%s</text><text class='title' transform='translate(13 %s)"
                + " rotate(-90)'>%s</text>",
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, xTitle, (TOP + HEIGHT - BOTTOM) / 2, yTitle));
    points.forEach(series -> parts.add(dots(series, x, y)));
    String weight = curves.size() > MANY ? "thin" : "";
    curves.forEach(series -> parts.add(path(series, weight, x, y)));
    if (curves.size() == 1) {
      parts.add(marks(curves.get(0), x, y));
    }
    return Html.of(
        "<svg class='chart' viewBox='0 0 %s %s' role='img' aria-label='%s'>%s</svg>",
        WIDTH, HEIGHT, yTitle + " by " + xTitle, Html.join(parts));
  }

  private double[] heights() {
    double[] values = all(Series::y);
    return floor == Floor.ZERO
        ? DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(values)).toArray()
        : values;
  }

  private double[] all(Function<Series, double[]> values) {
    List<Series> series = new ArrayList<>(curves);
    series.addAll(points);
    return series.stream().map(values).flatMapToDouble(DoubleStream::of).toArray();
  }

  private static Html path(Series series, String weight, Axis x, Axis y) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < series.x().length; i++) {
      boolean has = isPlaced(series.y()[i], y);
      if (has) {
        path.append(drawing ? 'L' : 'M').append(n(x.at(series.x()[i])));
        path.append(' ').append(n(y.at(series.y()[i])));
      }
      drawing = has;
    }
    return Html.of(
        "<path class='curve %s c%s' d='%s'><title>%s</title></path>",
        weight, series.colour(), path, series.name());
  }

  /** Dots that tell their values to who points at them. */
  private static Html marks(Series series, Axis x, Axis y) {
    int stride = 1 + series.x().length / MARKS;
    List<Html> marks = new ArrayList<>();
    for (int i = series.x().length - 1; i >= 0; i -= stride) {
      if (isPlaced(series.y()[i], y)) {
        marks.add(
            Html.of(
                "<circle class='mark c%s' cx='%s' cy='%s' r='5'><title>%s: %s</title></circle>",
                series.colour(),
                n(x.at(series.x()[i])),
                n(y.at(series.y()[i])),
                Axis.label(series.x()[i]),
                Figures.quantity(series.y()[i])));
      }
    }
    return Html.join(marks);
  }

  private static Html dots(Series series, Axis x, Axis y) {
    List<Html> dots = new ArrayList<>();
    for (int i = 0; i < series.x().length; i++) {
      dots.add(
          Html.of(
              "<circle class='dot c%s' cx='%s' cy='%s' r='3'><title>%s, %s</title></circle>",
              series.colour(),
              n(x.at(series.x()[i])),
              n(y.at(series.y()[i])),
              Figures.quantity(series.x()[i]),
              Figures.quantity(series.y()[i])));
    }
    return Html.join(dots);
  }

  private static boolean isPlaced(double value, Axis axis) {
    return Double.isFinite(value) && (axis.scale() == Scale.LINEAR || value > 0);
  }

  /** A place, to a tenth of a pixel. */
  private static String n(double place) {
    return String.valueOf(Math.round(10 * place) / 10.0);
  }
}
