package dev.lockstep.report.html;

import dev.lockstep.report.html.Page.Width;
import dev.lockstep.study.StudyRow;
import dev.lockstep.study.StudyTable;
import dev.lockstep.study.StudyTable.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One HTML file that tells of a study. */
public final class StudyReport {
  private final List<StudyRow> rows;

  /**
   * @param rows at least one
   */
  public StudyReport(List<StudyRow> rows) {
    this.rows = rows;
  }

  /**
   * Writes the file.
   *
   * @param environment what the trainings went on
   */
  public void save(Path file, Map<String, String> environment) throws IOException {
    List<Line> lines = StudyTable.lines(rows);
    Page page =
        new Page(
            "study",
            "%d trainings of %d kinds, which differ by seed within a kind"
                .formatted(rows.size(), lines.size()));
    page.tile("trainings", String.valueOf(rows.size()));
    page.tile("kinds", String.valueOf(lines.size()));
    page.card(
        "Test accuracy of each kind: median and range over seeds, and points against one process",
        Width.FULL,
        Tables.of(StudyTable.HEADS, lines.stream().map(Line::cells).toList()));
    page.card("Environment", Width.FULL, Tables.of(environment));
    page.save(file);
  }
}
