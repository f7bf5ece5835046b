package dev.lockstep.report;

import dev.lockstep.data.FileSystems;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.report.HistoryEntry.Displayed;
import dev.lockstep.report.HistoryEntry.Found;
import dev.lockstep.report.HistoryEntry.Saved;
import dev.lockstep.report.HistoryEntry.Validated;
import dev.lockstep.strategy.FoundPeriod;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import dev.lockstep.train.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Remembers a run from its first step on, for curves. With each checkpoint it is written beside it,
 * so that a resumed run has what the checkpoint's had.
 */
public final class History implements RunListener {
  private final BiFunction<ModelState, Double, Map<String, Double>> figures;
  private final HistoryFile file;
  private final Consumer<String> warning;
  private final List<HistoryEntry> entries = new ArrayList<>();
  private long examples;
  private double seconds;

  /**
   * @param figures as displayed, among them "loss"
   * @param folder of the checkpoints
   * @param warning told if the history there cannot be read or written
   */
  public History(
      BiFunction<ModelState, Double, Map<String, Double>> figures,
      CheckpointFolder folder,
      Consumer<String> warning) {
    this.figures = figures;
    file = new HistoryFile(folder);
    this.warning = warning;
  }

  @Override
  public void started(long steps, long totalSteps) {
    try {
      entries.addAll(file.restart(steps));
    } catch (IOException e) {
      warn("curves begin at step " + Figures.count(steps), e);
    }
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    double rate = (report.examples() - examples) / Math.max(report.seconds() - seconds, 1e-9);
    entries.add(new Displayed(report.steps(), rate, figures.apply(state, report.loss())));
    examples = report.examples();
    seconds = report.seconds();
  }

  @Override
  public void found(RoundReport report, FoundPeriod period) {
    RoundTime time = report.time();
    double cost = (time.combine() + time.waiting()) / Math.max(time.seconds(), 1e-9);
    entries.add(new Found(report.steps(), period, cost));
  }

  @Override
  public void validated(RoundReport report, Evaluation evaluation) {
    entries.add(new Validated(report.steps(), evaluation.score()));
  }

  @Override
  public void checkpoint(RoundReport report, ModelState state, String checkpoint) {
    entries.add(new Saved(report.steps(), String.valueOf(Path.of(checkpoint).getFileName())));
    try {
      file.write(entries);
    } catch (IOException e) {
      warn("a resumed run will lack these curves", e);
    }
  }

  private void warn(String what, IOException e) {
    warning.accept("%s: %s: %s".formatted(file.location(), what, FileSystems.message(e)));
  }

  /** What was displayed, in the order of steps. */
  public List<Displayed> displays() {
    return all(Displayed.class);
  }

  /** What was found of the averaging period, in the order of steps. */
  public List<Found> found() {
    return all(Found.class);
  }

  /** Looks at validation data, in the order of steps. */
  public List<Validated> validations() {
    return all(Validated.class);
  }

  /** The checkpoints that are still there. */
  public List<Saved> checkpoints() {
    return file.present(all(Saved.class));
  }

  private <T extends HistoryEntry> List<T> all(Class<T> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
