package dev.lockstep.predict.listing;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * What classes are called.
 *
 * @param names by number, at least two
 */
record ClassNames(List<String> names) implements Serializable {
  ClassNames {
    names = List.copyOf(names);
  }

  /** The class that a label says by its number or by its name. */
  OptionalInt number(String label) {
    int named = names.indexOf(label);
    if (named >= 0) {
      return OptionalInt.of(named);
    }
    // Where names are numbers themselves, another number is no class.
    boolean number =
        label.matches("[0-9]{1,9}")
            && Integer.parseInt(label) < names.size()
            && !names.stream().allMatch(name -> name.matches("-?[0-9]+"));
    return number ? OptionalInt.of(Integer.parseInt(label)) : OptionalInt.empty();
  }

  /** Whether a label is taken for a class by its number, since no class is called so. */
  boolean isNumbered(String label) {
    return !names.contains(label) && number(label).isPresent();
  }

  /** For messages. */
  String range() {
    String first = names.get(0);
    int last = names.size() - 1;
    return first.equals("0") ? "0 to " + last : "such as %s, or 0 to %d".formatted(first, last);
  }
}
