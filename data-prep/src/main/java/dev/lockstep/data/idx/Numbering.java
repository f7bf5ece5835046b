package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Schema;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which class a number in a label file is.
 *
 * @param first the number of the first class: 0, or 1 as for the letters of EMNIST
 * @param names of the classes
 */
record Numbering(int first, List<String> names) {

  /**
   * By the numbers that occur: from 1 on where none is missing; else from 0 on.
   *
   * @param known the classes as a model knows them, numbers from 1 on
   * @throws DataError if it cannot be told which number a known class has
   */
  static Numbering of(List<Shard> shards, Optional<List<String>> known, BitSet found) {
    int largest = found.length() - 1;
    if (known.isEmpty()) {
      boolean fromOne = !found.get(0) && largest > 1 && found.cardinality() == largest;
      return fromOne
          ? new Numbering(1, names(largest))
          : new Numbering(0, Schema.numbered(largest + 1));
    }
    int classes = known.get().size();
    if (!found.get(0) && !found.get(classes)) {
      throw new DataError(
          "%s: expected a label 0 or %d, to know whether classes are counted from 0 or 1, found neither"
              .formatted(shards.get(0).labels().name(), classes));
    }
    return new Numbering(found.get(0) ? 0 : 1, known.get());
  }

  private static List<String> names(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
  }

  /** Whether a model that knows these classes may have learnt them from numbers that begin at 1. */
  static boolean mayBeginAtOne(List<String> classNames) {
    return classNames.equals(names(classNames.size()));
  }

  /** What users should know. */
  Optional<String> note() {
    return first == 0
        ? Optional.empty()
        : Optional.of(
            "labels begin at 1: the %d classes are called 1 to %1$d".formatted(names.size()));
  }
}
