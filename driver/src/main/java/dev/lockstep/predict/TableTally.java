package dev.lockstep.predict;

import dev.lockstep.data.TableRow;
import dev.lockstep.data.TableRow.Label;
import dev.lockstep.train.TargetErrors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tally of rows.
 *
 * @param predicted how many rows were
 * @param quarantined how many could not be used
 * @param confusion how many labelled rows there are of each {@code label · classes + prediction}
 * @param errors of each number that is predicted, where rows have labels; else none
 * @param first some rows by file and number
 * @param unreadable some that could not be used, likewise
 */
public record TableTally(
    long predicted,
    long quarantined,
    Map<Long, Long> confusion,
    List<TargetErrors> errors,
    List<Line> first,
    List<Unreadable> unreadable)
    implements PredictionTally<TableTally> {

  /** Of nothing. */
  public static final TableTally NONE =
      new TableTally(0, 0, Map.of(), List.of(), List.of(), List.of());

  /**
   * One prediction.
   *
   * @param label its class; −1 if that is not known
   * @param prediction the most probable class; −1 of a regression
   * @param values its probability, or the numbers that are predicted
   */
  public record Line(String file, long row, int label, int prediction, float[] values)
      implements Serializable {}

  /** A row that could not be used. */
  public record Unreadable(String file, long row, String reason) implements Serializable {}

  @Override
  public TableTally merge(TableTally other) {
    return new TableTally(
        predicted + other.predicted,
        quarantined + other.quarantined,
        PredictionTally.sum(confusion, other.confusion),
        both(errors, other.errors),
        PredictionTally.first(
            first, other.first, Comparator.comparing(Line::file).thenComparing(Line::row)),
        PredictionTally.first(
            unreadable,
            other.unreadable,
            Comparator.comparing(Unreadable::file).thenComparing(Unreadable::row)));
  }

  private static List<TargetErrors> both(List<TargetErrors> one, List<TargetErrors> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    List<TargetErrors> sum = new ArrayList<>();
    for (int target = 0; target < one.size(); target++) {
      sum.add(one.get(target).plus(other.get(target)));
    }
    return sum;
  }

  @Override
  public long examples() {
    return predicted + quarantined;
  }

  /** Counts rows as they are predicted. */
  public static final class Builder implements TablePredictor.Sink {
    private final TableModel model;
    private final Map<Long, Long> confusion = new TreeMap<>();
    private final List<TargetErrors> errors = new ArrayList<>();
    private final List<Line> first = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private long predicted;
    private long quarantined;

    public Builder(TableModel model) {
      this.model = model;
    }

    @Override
    public void predicted(TablePrediction prediction) {
      predicted++;
      int best = prediction.top().length == 0 ? -1 : prediction.top()[0];
      if (prediction.label() != TablePrediction.UNLABELLED) {
        long cell = (long) prediction.label() * model.classes().size() + best;
        confusion.merge(cell, 1L, Long::sum);
      }
      if (model.classes().isEmpty()) {
        add(prediction);
      }
      if (first.size() < KEPT) {
        float[] values = best < 0 ? prediction.output() : new float[] {prediction.output()[best]};
        long row = prediction.row().number();
        first.add(new Line(prediction.file(), row, prediction.label(), best, values));
      }
    }

    private void add(TablePrediction prediction) {
      List<Label> labels = prediction.row().labels();
      if (labels.isEmpty() || labels.stream().anyMatch(label -> Float.isNaN(label.value()))) {
        return;
      }
      for (int target = 0; target < labels.size(); target++) {
        TargetErrors before = errors.size() > target ? errors.get(target) : TargetErrors.NONE;
        TargetErrors now = before.plus(labels.get(target).value(), prediction.output()[target]);
        if (target == errors.size()) {
          errors.add(now);
        } else {
          errors.set(target, now);
        }
      }
    }

    @Override
    public void quarantined(String file, TableRow row, String reason) {
      quarantined++;
      if (unreadable.size() < KEPT) {
        unreadable.add(new Unreadable(file, row.number(), reason));
      }
    }

    /** What was counted so far. */
    public TableTally build() {
      return new TableTally(
          predicted,
          quarantined,
          confusion,
          List.copyOf(errors),
          List.copyOf(first),
          List.copyOf(unreadable));
    }
  }
}
