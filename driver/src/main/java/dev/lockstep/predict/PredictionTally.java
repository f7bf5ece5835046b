package dev.lockstep.predict;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is to be told of many predictions, whose size does not grow with their number. Tallies can
 * be merged in any order.
 *
 * @param <T> the kind of tally
 */
public interface PredictionTally<T extends PredictionTally<T>> extends Serializable {
  /** How many lines each list has at most. */
  int KEPT = 200;

  /** Both together. */
  T merge(T other);

  /** How many examples there were, whatever became of them. */
  long examples();

  /** How many examples were predicted. */
  long predicted();

  /** How many labelled examples there are of each {@code label · classes + prediction}. */
  Map<Long, Long> confusion();

  /** How many predictions of classes can be compared with a label. */
  default long labelled() {
    return confusion().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How often each class was taken for each.
   *
   * @return [label][prediction]
   */
  default long[][] confusionCounts(int classes) {
    long[][] counts = new long[classes][classes];
    confusion()
        .forEach((cell, count) -> counts[(int) (cell / classes)][(int) (cell % classes)] = count);
    return counts;
  }

  /** The confusion of both. */
  static Map<Long, Long> sum(Map<Long, Long> one, Map<Long, Long> other) {
    Map<Long, Long> sum = new TreeMap<>(one);
    other.forEach((cell, count) -> sum.merge(cell, count, Long::sum));
    return sum;
  }

  /** The first of both, at most {@link #KEPT}. */
  static <R> List<R> first(List<R> one, List<R> other, Comparator<R> order) {
    return Stream.concat(one.stream(), other.stream()).sorted(order).limit(KEPT).toList();
  }
}
