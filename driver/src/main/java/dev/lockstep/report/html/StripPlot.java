package dev.lockstep.report.html;

import dev.lockstep.report.Figures;
import dev.lockstep.report.html.Axis.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values as dots on one axis, a row a group. */
record StripPlot(String title, Map<String, double[]> groups) {
  private static final int WIDTH = 520;
  private static final int LEFT = 110;
  private static final int RIGHT = 14;
  private static final int ROW = 30;
  private static final int BOTTOM = 42;

  Html html() {
    double[] all = groups.values().stream().flatMapToDouble(Arrays::stream).toArray();
    int floor = ROW * groups.size() + 6;
    Axis axis = Axis.of(Scale.of(all), all, LEFT, WIDTH - RIGHT);
    List<Html> parts = new ArrayList<>();
    for (double tick : axis.ticks()) {
      String x = n(axis.at(tick));
      parts.add(
          Html.of(
              "<line class='grid' x1='%s' x2='%s' y1='4' y2='%s'/><text x='%s' y='%s'>%s</text>",
              x, x, floor, x, floor + 16, Axis.label(tick)));
    }
    parts.add(
        Html.of(
            "<text x='%s' y='%s'>%s</text>",
            (LEFT + WIDTH - RIGHT) / 2, floor + BOTTOM - 6, title));
    int row = 0;
    for (Map.Entry<String, double[]> group : groups.entrySet()) {
      parts.add(row(group.getKey(), group.getValue(), row++, axis));
    }
    return Html.of(
        "<svg class='chart' viewBox='0 0 %s %s' role='img' aria-label='%s'>%s</svg>",
        WIDTH, floor + BOTTOM, title, Html.join(parts));
  }

  private static Html row(String name, double[] values, int row, Axis axis) {
    int y = ROW * row + ROW / 2 + 4;
    List<Html> dots = new ArrayList<>();
    for (double value : values) {
      if (Double.isFinite(value)) {
        dots.add(
            Html.of(
                "<circle class='dot c%s' cx='%s' cy='%s' r='5'><title>%s</title></circle>",
                row % Chart.COLOURS, n(axis.at(value)), y, Figures.quantity(value)));
      }
    }
    return Html.of(
        "<text class='end' x='%s' y='%s'>%s</text>%s", LEFT - 12, y + 4, name, Html.join(dots));
  }

  private static String n(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
