package dev.lockstep.report.html;

import java.util.List;
import java.util.Map;

/** Tables of names and values. */
final class Tables {
  private Tables() {}

  static Html of(Map<String, ?> rows) {
    return Html.of(
        "<div class='scroll'><table class='facts'>%s</table></div>",
        Html.join(
            rows.entrySet().stream()
                .map(
                    row -> Html.of("<tr><th>%s</th><td>%s</td></tr>", row.getKey(), row.getValue()))
                .toList()));
  }

  /** With a row of heads. */
  static Html of(List<String> heads, List<List<String>> rows) {
    return Html.of(
        "<div class='scroll'><table class='figures'><tr>%s</tr>%s</table></div>",
        Html.join(heads.stream().map(head -> Html.of("<th>%s</th>", head)).toList()),
        Html.join(rows.stream().map(Tables::row).toList()));
  }

  private static Html row(List<String> cells) {
    return Html.of(
        "<tr><th>%s</th>%s</tr>",
        cells.get(0),
        Html.join(cells.stream().skip(1).map(cell -> Html.of("<td>%s</td>", cell)).toList()));
  }
}
