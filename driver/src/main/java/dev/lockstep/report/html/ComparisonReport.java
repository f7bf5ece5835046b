package dev.lockstep.report.html;

import dev.lockstep.report.ComparedRun;
import dev.lockstep.report.ComparisonTable;
import dev.lockstep.report.ComparisonTable.Line;
import dev.lockstep.report.Figures;
import dev.lockstep.report.html.Chart.Series;
import dev.lockstep.report.html.Page.Note;
import dev.lockstep.report.html.Page.Width;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One HTML file that tells of several runs. */
public final class ComparisonReport {
  private final String name;
  private final List<ComparedRun> runs;
  private final List<Line> lines;

  /**
   * @param name of what was compared
   * @param runs at least one
   */
  public ComparisonReport(String name, List<ComparedRun> runs) {
    this.name = name;
    this.runs = runs;
    lines = ComparisonTable.lines(runs);
  }

  /**
   * Writes the file.
   *
   * @param environment what the runs went on
   */
  public void save(Path file, Map<String, String> environment) throws IOException {
    Page page =
        new Page(
            name,
            "%d runs of %d kinds, which differ by seed within a kind"
                .formatted(runs.size(), lines.size()));
    long diverged = runs.stream().filter(ComparedRun::diverged).count();
    if (diverged > 0) {
      page.note(Note.WARNING, "Diverged: %d runs; no figure counts them.".formatted(diverged));
    }
    lines.stream()
        .filter(line -> Double.isFinite(line.median()))
        .min(Comparator.comparingDouble(Line::median))
        .ifPresent(
            best -> {
              page.tile("least median loss", Figures.setting(best.median()));
              page.tile("of", best.kind());
            });
    page.tile("runs", Figures.count(runs.size()));
    page.card("Final loss of each kind", Width.FULL, table());
    page.card("Training loss", Width.HALF, curves());
    page.card("Final loss, a dot a run", Width.HALF, strips());
    page.card("Environment", Width.FULL, Tables.of(environment));
    page.save(file);
  }

  private Html table() {
    return Html.join(
        Tables.of(
            List.of("", "runs", "diverged", "stuck", "median", "least", "greatest", "seconds"),
            lines.stream().map(ComparisonReport::row).toList()),
        Html.of("<p class='muted'>%s</p>", ComparisonTable.STUCK_NOTE));
  }

  private static List<String> row(Line line) {
    return List.of(
        line.kind(),
        String.valueOf(line.runs()),
        String.valueOf(line.diverged()),
        String.valueOf(line.stuck()),
        Figures.quantity(line.median()),
        Figures.quantity(line.min()),
        Figures.quantity(line.max()),
        String.format(Locale.ROOT, "%.2f", line.seconds()));
  }

  private Html curves() {
    List<Series> series = new ArrayList<>();
    for (ComparedRun run : runs) {
      series.add(
          new Series(run.kind() + ", seed " + run.seed(), colour(run), run.steps(), run.losses()));
    }
    List<Html> legend =
        lines.stream()
            .map(
                line ->
                    Html.of(
                        "<li><i class='c%s'></i>%s</li>",
                        lines.indexOf(line) % Chart.COLOURS, line.kind()))
            .toList();
    return Html.join(
        new Chart("steps", "loss", series, List.of()).html(),
        Html.of("<ul class='legend'>%s</ul>", Html.join(legend)));
  }

  private int colour(ComparedRun run) {
    return lines.stream().map(Line::kind).toList().indexOf(run.kind()) % Chart.COLOURS;
  }

  private Html strips() {
    Map<String, double[]> groups = new LinkedHashMap<>();
    for (Line line : lines) {
      groups.put(
          line.kind(),
          runs.stream()
              .filter(run -> run.kind().equals(line.kind()) && !run.diverged())
              .mapToDouble(ComparedRun::loss)
              .toArray());
    }
    return new StripPlot("final loss", groups).html();
  }
}
