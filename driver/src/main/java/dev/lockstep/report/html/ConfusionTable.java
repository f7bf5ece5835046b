package dev.lockstep.report.html;

import dev.lockstep.report.Figures;
import dev.lockstep.train.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A confusion matrix, what was confused most, and each class's figures.
 *
 * @param names of the classes
 */
record ConfusionTable(ConfusionMatrix confusion, List<String> names) {
  /** Of more classes no one would read a matrix. */
  private static final int MOST_CLASSES = 30;

  private static final int PAIRS = 6;

  private record Pair(int actual, int predicted, long count) {}

  /** The matrix, a cell the stronger the more of its row it holds. */
  Html matrix() {
    if (confusion.classes() > MOST_CLASSES) {
      return pairs();
    }
    List<Html> rows = new ArrayList<>();
    for (int actual = 0; actual < confusion.classes(); actual++) {
      rows.add(row(actual));
    }
    List<Html> heads =
        IntStream.range(0, confusion.classes())
            .mapToObj(c -> Html.of("<th>%s</th>", names.get(c)))
            .toList();
    return Html.of(
        "<div class='scroll'><table class='confusion'><caption>rows: actual, columns: predicted"
            + "</caption><tr><th></th>%s</tr>%s</table></div>%s",
        Html.join(heads), Html.join(rows), pairs());
  }

  private Html row(int actual) {
    long[] counts = confusion.counts()[actual];
    long total = Math.max(1, Arrays.stream(counts).sum());
    List<Html> cells = new ArrayList<>();
    for (int predicted = 0; predicted < counts.length; predicted++) {
      double share = (double) counts[predicted] / total;
      // The root lifts rare mistakes out of the background.
      double strength = actual == predicted ? 0.65 * share : Math.sqrt(share);
      cells.add(
          Html.of(
              "<td class='%s' style='--a:%s' title='%s as %s: %s'>%s</td>",
              actual == predicted ? "right" : "wrong",
              String.format(Locale.ROOT, "%.3f", strength),
              names.get(actual),
              names.get(predicted),
              counts[predicted],
              counts[predicted] == 0 ? "" : counts[predicted]));
    }
    return Html.of("<tr><th>%s</th>%s</tr>", names.get(actual), Html.join(cells));
  }

  private Html pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int actual = 0; actual < confusion.classes(); actual++) {
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        if (actual != predicted && confusion.counts()[actual][predicted] > 0) {
          pairs.add(new Pair(actual, predicted, confusion.counts()[actual][predicted]));
        }
      }
    }
    List<Html> chips =
        pairs.stream()
            .sorted(Comparator.comparingLong(Pair::count).reversed())
            .limit(PAIRS)
            .map(
                pair ->
                    Html.of(
                        "<li>%s as %s <b>%s</b></li>",
                        names.get(pair.actual()),
                        names.get(pair.predicted()),
                        Figures.count(pair.count())))
            .toList();
    return chips.isEmpty()
        ? Html.NONE
        : Html.of(
            "<p class='muted'>Most often confused</p><ul class='chips'>%s</ul>", Html.join(chips));
  }

  /** Precision, recall and F1. */
  Html perClass() {
    List<Html> rows =
        IntStream.range(0, confusion.classes())
            .mapToObj(
                c ->
                    Html.of(
                        "<tr><th>%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>",
                        names.get(c),
                        Figures.count(Arrays.stream(confusion.counts()[c]).sum()),
                        Figures.proportion(confusion.precision(c)),
                        Figures.proportion(confusion.recall(c)),
                        Figures.proportion(confusion.f1(c))))
            .toList();
    return Html.of(
        "<div class='scroll'><table class='figures'><tr><th>class</th><th>examples</th>"
            + "<th>precision</th><th>recall</th><th>F1</th></tr>%s</table></div>",
        Html.join(rows));
  }
}
