package dev.lockstep.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parts of wholes, one bar a whole, all bars on one scale. */
final class StackedBars {
  private final Map<String, Map<String, Double>> bars;
  private final String unit;
  private final int firstColour;

  /**
   * @param bars the parts of each bar by name, in the same order in all; at least one
   * @param unit of the parts
   * @param firstColour which of the page's colours the first part has
   */
  StackedBars(Map<String, Map<String, Double>> bars, String unit, int firstColour) {
    this.bars = bars;
    this.unit = unit;
    this.firstColour = firstColour;
  }

  Html html() {
    double longest = bars.values().stream().mapToDouble(StackedBars::sum).max().orElse(0);
    List<Html> rows = new ArrayList<>();
    bars.forEach((name, parts) -> rows.add(row(name, parts, Math.max(longest, 1e-12))));
    return Html.of("<div class='bars'>%s</div>%s", Html.join(rows), legend());
  }

  private Html row(String name, Map<String, Double> parts, double longest) {
    List<Html> pieces = new ArrayList<>();
    int colour = firstColour;
    for (Map.Entry<String, Double> part : parts.entrySet()) {
      String tip = "%s %s %s".formatted(part.getKey(), number(part.getValue()), unit);
      pieces.add(
          Html.of(
              "<i class='c%s' style='width:%s%%' title='%s'></i>",
              colour++, String.format(Locale.ROOT, "%.3f", 100 * part.getValue() / longest), tip));
    }
    return Html.of(
        "<div class='bar'><b>%s</b><span>%s</span><em>%s %s</em></div>",
        name, Html.join(pieces), number(sum(parts)), unit);
  }

  /** The parts, with their mean shares of the bars. */
  private Html legend() {
    double total = bars.values().stream().mapToDouble(StackedBars::sum).sum();
    List<Html> entries = new ArrayList<>();
    int colour = firstColour;
    for (String part : bars.values().iterator().next().keySet()) {
      double share = bars.values().stream().mapToDouble(parts -> parts.get(part)).sum();
      entries.add(
          Html.of(
              "<li><i class='c%s'></i>%s <b>%s %%</b></li>",
              colour++, part, Math.round(100 * share / Math.max(total, 1e-12))));
    }
    return Html.of("<ul class='legend'>%s</ul>", Html.join(entries));
  }

  private static double sum(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
