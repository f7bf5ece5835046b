package dev.lockstep.predict;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.lockstep.data.TableRow;
import dev.lockstep.data.TableRow.Label;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.LabelCounts;
import dev.lockstep.train.TargetErrors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * The tally of rows.
 *
 * @param predicted how many rows were
 * @param quarantined how many could not be used
 * @param confusion how many labelled rows there are of each {@code label · classes + prediction}
 * @param errors of each number that is predicted, where rows have labels; else none
 * @param labels of several labels of a row, where rows have such; else null
 * @param first some rows by file and number
 * @param doubtful some rows, the least probable predictions first; of a regression the largest
 *     errors, where rows have labels
 * @param unreadable some that could not be used, likewise
 */
public record TableTally(
    long predicted,
    long quarantined,
    Map<Long, Long> confusion,
    List<TargetErrors> errors,
    LabelCounts labels,
    List<Line> first,
    List<Line> doubtful,
    List<Unreadable> unreadable)
    implements PredictionTally<TableTally> {

  /** Of nothing. */
  public static final TableTally NONE =
      new TableTally(0, 0, Map.of(), List.of(), null, List.of(), List.of(), List.of());

  private static final Comparator<Line> BY_ROW =
      Comparator.comparing(Line::file).thenComparing(Line::row);
  private static final Comparator<Line> BY_DOUBT =
      Comparator.comparing(Line::doubt).reversed().thenComparing(BY_ROW);

  public TableTally {
    // What an earlier version has written knows none.
    doubtful = doubtful == null ? List.of() : doubtful;
  }

  /**
   * One prediction.
   *
   * @param label its class; −1 if that is not known
   * @param prediction the most probable class; −1 where no classes are told
   * @param values its probability and that of the next; or the numbers that are predicted, or
   *     probabilities of labels
   * @param second the next probable class; −1 of a regression
   * @param truths the numbers that it should be; none if they are not known
   * @param kept values of the columns that are kept, as texts
   */
  public record Line(
      String file,
      long row,
      int label,
      int prediction,
      float[] values,
      int second,
      float[] truths,
      List<String> kept)
      implements Serializable {

    /** Whether it is known to be of another class. */
    @JsonIgnore
    public boolean isWrong() {
      return label != TablePrediction.UNLABELLED && label != prediction;
    }

    /** Whether all numbers are known that it should be. */
    @JsonIgnore
    public boolean isLabelled() {
      return truths != null && truths.length > 0 && !hasNone(truths);
    }

    /** How doubtful it is: how improbable, or by how much it is wrong; NaN if that is not known. */
    @JsonIgnore
    double doubt() {
      return prediction >= 0 ? 1 - (double) values[0] : error(values, truths);
    }

    /** The largest; NaN if that is not known. */
    private static double error(float[] values, float[] truths) {
      double most = truths == null || truths.length == 0 ? Double.NaN : 0;
      for (int i = 0; most >= 0 && i < truths.length; i++) {
        most = Math.max(most, Math.abs((double) values[i] - truths[i]));
      }
      return most;
    }
  }

  /** A row that could not be used. */
  public record Unreadable(String file, long row, String reason) implements Serializable {}

  @Override
  public TableTally merge(TableTally other) {
    return new TableTally(
        predicted + other.predicted,
        quarantined + other.quarantined,
        PredictionTally.sum(confusion, other.confusion),
        both(errors, other.errors),
        labels(other),
        PredictionTally.first(first, other.first, BY_ROW),
        PredictionTally.first(doubtful, other.doubtful, BY_DOUBT),
        PredictionTally.first(
            unreadable,
            other.unreadable,
            Comparator.comparing(Unreadable::file).thenComparing(Unreadable::row)));
  }

  /** Whether one of them is not known. */
  private static boolean hasNone(float[] truths) {
    boolean none = false;
    for (float truth : truths) {
      none |= Float.isNaN(truth);
    }
    return none;
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

  /** Of both; null if either has something else than labels. */
  private LabelCounts labels(TableTally other) {
    if (errors.isEmpty() || other.errors.isEmpty()) {
      return errors.isEmpty() ? other.labels : labels;
    }
    return labels == null || other.labels == null ? null : labels.plus(other.labels);
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
    private final Optional<LabelCounts.Builder> labels;
    private final List<Line> first = new ArrayList<>();
    private final PriorityQueue<Line> doubtful = new PriorityQueue<>(BY_DOUBT.reversed());
    private final List<Unreadable> unreadable = new ArrayList<>();
    private long predicted;
    private long quarantined;

    public Builder(TableModel model) {
      this.model = model;
      labels =
          model.task() == NetworkTask.MULTI_LABEL
              ? Optional.of(new LabelCounts.Builder(model.targets().size()))
              : Optional.empty();
    }

    @Override
    public void predicted(TablePrediction prediction) {
      predicted++;
      int best = prediction.top().length == 0 ? -1 : prediction.top()[0];
      if (prediction.label() != TablePrediction.UNLABELLED) {
        long cell = (long) prediction.label() * model.classes().size() + best;
        confusion.merge(cell, 1L, Long::sum);
      }
      float[] output = prediction.output();
      float[] truths = truths(prediction);
      add(truths, output);
      double doubt = best >= 0 ? 1 - (double) output[best] : Line.error(output, truths);
      boolean doubted =
          !Double.isNaN(doubt) && (doubtful.size() < KEPT || doubt >= doubtful.peek().doubt());
      if (first.size() >= KEPT && !doubted) {
        return;
      }
      Line line = line(prediction, best, truths);
      if (first.size() < KEPT) {
        first.add(line);
      }
      if (doubted) {
        doubtful.add(line);
        if (doubtful.size() > KEPT) {
          doubtful.poll();
        }
      }
    }

    /** The numbers that a regression should have told; none of a classifier. */
    private float[] truths(TablePrediction prediction) {
      List<Label> labels = model.classes().isEmpty() ? prediction.row().labels() : List.of();
      float[] truths = new float[labels.size()];
      for (int i = 0; i < truths.length; i++) {
        truths[i] = labels.get(i).value();
      }
      return truths;
    }

    private static Line line(TablePrediction prediction, int best, float[] truths) {
      float[] output = prediction.output();
      int second = best < 0 ? -1 : PicturePrediction.second(output, best);
      return new Line(
          prediction.file(),
          prediction.row().number(),
          prediction.label(),
          best,
          best < 0 ? output : new float[] {output[best], output[second]},
          second,
          truths,
          prediction.row().kept().stream()
              .map(value -> value == null ? "" : value.toString())
              .toList());
    }

    private void add(float[] truths, float[] output) {
      if (truths.length == 0 || hasNone(truths)) {
        return;
      }
      labels.ifPresent(counts -> counts.add(truths, output, 1));
      for (int target = 0; target < truths.length; target++) {
        TargetErrors before = errors.size() > target ? errors.get(target) : TargetErrors.NONE;
        TargetErrors now = before.plus(truths[target], output[target]);
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
          errors.isEmpty() ? null : labels.flatMap(LabelCounts.Builder::build).orElse(null),
          List.copyOf(first),
          doubtful.stream().sorted(BY_DOUBT).toList(),
          List.copyOf(unreadable));
    }
  }
}
