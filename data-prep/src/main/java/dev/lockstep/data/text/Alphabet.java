package dev.lockstep.data.text;

import dev.lockstep.data.DataError;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The characters that a network tells apart, by their numbers.
 *
 * @param names a character itself where it can be seen, else {@code U+000A}; {@link #OTHER} for all
 *     that have no number of their own; what begins with {@link #UNUSED} for none
 */
record Alphabet(List<String> names) implements Serializable {
  static final String OTHER = "other";
  static final String UNUSED = "unused-";

  private static final String CODE = "U+";

  Alphabet {
    names = List.copyOf(names);
  }

  /**
   * Of a text's characters those that are most frequent, by their code points; if there are more
   * than symbols, the last symbol stands for all others.
   *
   * @param counts how often each is there
   */
  static Alphabet of(Map<Integer, Long> counts, int symbols) {
    int own = counts.size() > symbols ? symbols - 1 : counts.size();
    List<String> names = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(own)
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(character -> names.add(name(character)));
    if (own < counts.size()) {
      names.add(OTHER);
    }
    while (names.size() < symbols) {
      names.add(UNUSED + names.size());
    }
    return new Alphabet(names);
  }

  private static String name(int character) {
    return Character.isWhitespace(character)
            || Character.isISOControl(character)
            || Character.getType(character) == Character.FORMAT
            || Character.getType(character) == Character.SPACE_SEPARATOR
        ? CODE + "%04X".formatted(character)
        : Character.toString(character);
  }

  /** The number of each character that has its own. */
  Map<Integer, Integer> numbers() {
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.codePointCount(0, name.length()) == 1) {
        numbers.put(name.codePointAt(0), i);
      } else if (name.startsWith(CODE)) {
        numbers.put(Integer.parseInt(name.substring(CODE.length()), 16), i);
      }
    }
    return numbers;
  }

  /** The number of all others, or −1. */
  int other() {
    return names.indexOf(OTHER);
  }

  /**
   * Complains if a text has characters that have no number.
   *
   * @param text its name, for the message
   */
  void expect(Collection<Integer> characters, String text) {
    Map<Integer, Integer> known = numbers();
    List<String> unknown =
        characters.stream()
            .filter(c -> !known.containsKey(c))
            .sorted()
            .map(Alphabet::name)
            .toList();
    if (other() < 0 && !unknown.isEmpty()) {
      throw new DataError(
          "%s: expected the characters of the text that was learnt, found others: %s"
              .formatted(text, String.join(" ", unknown.subList(0, Math.min(10, unknown.size())))));
    }
  }
}
