package dev.lockstep.data;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers for classes that are known by their names. */
public final class ClassNumbers implements Serializable {
  private static final int SHOWN = 10;
  private static final String WHOLE = "0|-?[1-9][0-9]{0,17}";

  /** Numbers as numbers, before all else, so that class 10 comes after 9, and 1 after -1. */
  private static final Comparator<String> NATURAL =
      Comparator.comparingLong(
              (String name) -> name.matches(WHOLE) ? Long.parseLong(name) : Long.MAX_VALUE)
          .thenComparing(Comparator.naturalOrder());

  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  private ClassNumbers(List<String> names) {
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i);
    }
  }

  /**
   * Classes that were given, or else those found in the data, sorted: numbers as numbers, before
   * other names.
   */
  public static ClassNumbers of(Optional<List<String>> given, Collection<String> found) {
    return new ClassNumbers(
        given.orElseGet(() -> found.stream().distinct().sorted(NATURAL).toList()));
  }

  /** That names are numbers with gaps between them, if so: one may be a mistake. */
  public Optional<String> gaps() {
    if (names.size() < 2 || !names.stream().allMatch(name -> name.matches(WHOLE))) {
      return Optional.empty();
    }
    for (int i = 1; i < names.size(); i++) {
      long before = Long.parseLong(names.get(i - 1));
      long next = Long.parseLong(names.get(i));
      if (next - before > 1 && !(before == -1 && next == 1)) {
        return Optional.of(
            "there are %d classes, whose numbers have gaps: none between %d and %d"
                .formatted(names.size(), before, next));
      }
    }
    return Optional.empty();
  }

  /** By class number. */
  public List<String> names() {
    return names;
  }

  /**
   * The number of a class.
   *
   * @param where the file, and the line if there is one, for messages
   * @throws DataError if there is no such class
   */
  public int number(String name, String where) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new DataError(
          "%s: expected a class (%s%s), found '%s'"
              .formatted(
                  where,
                  String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))),
                  names.size() > SHOWN ? ", …" : "",
                  name));
    }
    return number;
  }
}
