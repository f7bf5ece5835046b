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

  /** Where a class was first seen, as far as that is known. */
  private final transient Map<String, String> places;

  private ClassNumbers(List<String> names, Map<String, String> places) {
    this.names = List.copyOf(names);
    this.places = Map.copyOf(places);
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
        given.orElseGet(() -> found.stream().distinct().sorted(NATURAL).toList()), Map.of());
  }

  /** Likewise, of classes that were found where the values say. */
  static ClassNumbers of(Optional<List<String>> given, Map<String, String> places) {
    return new ClassNumbers(of(given, places.keySet()).names, places);
  }

  /** That names are numbers with gaps between them, if so: one may be a mistake. */
  public Optional<String> gaps() {
    if (names.size() < 2 || !names.stream().allMatch(name -> name.matches(WHOLE))) {
      return Optional.empty();
    }
    int widest = 1;
    for (int i = 2; i < names.size(); i++) {
      widest = gap(i) > gap(widest) ? i : widest;
    }
    return gap(widest) == 1
        ? Optional.empty()
        : Optional.of(
            "there are %d classes, whose numbers have gaps: none between %s and %s%s"
                .formatted(
                    names.size(),
                    names.get(widest - 1),
                    names.get(widest),
                    place(names.get(2 * widest < names.size() ? widest - 1 : widest))));
  }

  /** How far a number is from the one before; −1 and 1 are next to each other. */
  private long gap(int i) {
    long before = Long.parseLong(names.get(i - 1));
    long next = Long.parseLong(names.get(i));
    return before == -1 && next == 1 ? 1 : next - before;
  }

  /** Of the one next to the gap on the side of the fewer. */
  private String place(String name) {
    return places.containsKey(name) ? " (%s)".formatted(places.get(name)) : "";
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
