package dev.lockstep.predict.plan;

import dev.lockstep.data.RowTable.Column;
import dev.lockstep.predict.output.OutputFormat;
import dev.lockstep.table.NetworkTask;
import java.util.List;
import java.util.Locale;

/**
 * What predictions of rows depend on, but for the rows.
 *
 * @param classes that the model tells apart, by number; none of a regression
 * @param targets what the numbers or labels are called that it predicts; none of a classifier
 * @param top how many of the most probable classes are named
 * @param labels columns that are compared
 * @param kept columns that are kept
 * @param task what the model is for; what an earlier version has written knows no several labels
 */
record TableSettings(
    String model,
    List<String> classes,
    List<String> targets,
    OutputFormat format,
    int top,
    List<String> labels,
    List<Column> kept,
    NetworkTask task) {

  TableSettings {
    if (task == null) {
      task = classes.isEmpty() ? NetworkTask.REGRESSION : NetworkTask.CLASSIFICATION;
    }
  }

  static TableSettings of(TableRun.Request request, OutputFormat format) {
    return new TableSettings(
        request.model().id(),
        request.model().classes(),
        request.model().targets(),
        format,
        request.top(),
        request.table().labels(),
        request.table().kept(),
        request.model().task());
  }

  /**
   * Refuses to mix.
   *
   * @throws dev.lockstep.data.DataError if these earlier settings differ, naming the first that
   *     does
   */
  void expectSame(TableSettings earlier, String folder) {
    PictureSettings.expect(folder, "with the model", earlier.model, model);
    PictureSettings.expect(folder, "as", name(earlier.format), name(format));
    PictureSettings.expect(folder, "with --top", earlier.top, top);
    PictureSettings.expect(
        folder, "with labels from", described(earlier.labels), described(labels));
    PictureSettings.expect(folder, "with --keep", names(earlier.kept), names(kept));
    PictureSettings.expect(folder, "with", earlier, this);
  }

  private static String name(OutputFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static String described(List<String> columns) {
    return columns.isEmpty() ? "nowhere" : String.join(",", columns);
  }

  private static String names(List<Column> columns) {
    return described(columns.stream().map(Column::name).toList());
  }
}
