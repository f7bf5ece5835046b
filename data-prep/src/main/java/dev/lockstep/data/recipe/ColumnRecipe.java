package dev.lockstep.data.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How one column becomes features.
 *
 * <ul>
 *   <li>A column of numbers is one feature. If values of it were missing in the training data, a
 *       missing one is the mean of the others there, and a second feature is 1 where a value is
 *       missing and 0 elsewhere; if none were, a missing one cannot be used.
 *   <li>A column of texts is as many features as there were texts in the training data, in their
 *       order: 1 for the text that a row has, 0 for all others. If values were missing there,
 *       missing is a text of its own, {@link #MISSING}. A text that was not there, and a missing
 *       one if none was, is 0 for all.
 * </ul>
 *
 * @param name of the column; its number from 1 where columns have no names
 * @param kind what its values are
 * @param mean of a column of numbers that has gaps; else 0
 * @param gaps whether values of a column of numbers were missing
 * @param texts of a column of texts; else none
 * @param length of a list of numbers; else 1
 */
public record ColumnRecipe(
    String name, Kind kind, float mean, boolean gaps, List<String> texts, int length)
    implements Serializable {
  /** How a missing text is called. */
  public static final String MISSING = "";

  private static final Set<String> MISSING_TEXTS =
      Set.of("", "?", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None");

  /** What values are. */
  public enum Kind {
    NUMBERS,
    TEXTS,
    LISTS
  }

  public ColumnRecipe {
    texts = texts == null ? List.of() : List.copyOf(texts); // JSON has none where none are
  }

  /** Numbers, none of which is missing. */
  public static ColumnRecipe numbers(String name) {
    return new ColumnRecipe(name, Kind.NUMBERS, 0, false, List.of(), 1);
  }

  /** Lists of so many numbers. */
  public static ColumnRecipe lists(String name, int length) {
    return new ColumnRecipe(name, Kind.LISTS, 0, false, List.of(), length);
  }

  /** Whether a text in a file says that there is no value: {@code NA}, for example. */
  public static boolean isMissing(String text) {
    return text == null || MISSING_TEXTS.contains(text);
  }

  /** Whether its numbers are the features. */
  @JsonIgnore
  boolean isPlain() {
    return kind == Kind.NUMBERS && !gaps;
  }

  /** How many features. */
  public int width() {
    return switch (kind) {
      case TEXTS -> texts.size();
      case LISTS -> length;
      case NUMBERS -> gaps ? 2 : 1;
    };
  }

  /** What the features are called. */
  List<String> features() {
    if (kind == Kind.TEXTS) {
      return texts.stream()
          .map(text -> text.equals(MISSING) ? name + " missing" : name + "=" + text)
          .toList();
    }
    if (kind == Kind.LISTS) {
      return IntStream.range(0, length).mapToObj(i -> name + "_" + i).toList();
    }
    List<String> features = new ArrayList<>(List.of(name));
    if (gaps) {
      features.add(name + " missing");
    }
    return features;
  }

  /**
   * Puts the features of a number, or of none.
   *
   * @param number NaN for none
   * @param features of which those from {@code at} are 0
   * @throws UnusableValue if it is infinite, or missing where none was
   */
  public void put(float number, float[] features, int at) throws UnusableValue {
    if (!Float.isNaN(number)) {
      if (Float.isInfinite(number)) {
        throw new UnusableValue("expected a number within float32, found " + number);
      }
      features[at] = number;
    } else if (gaps) {
      features[at] = mean;
      features[at + 1] = 1;
    } else {
      throw new UnusableValue("expected a number, found none, as in none of the training data");
    }
  }

  /** Puts the features of a text; of none, if it is null. */
  public void put(String text, float[] features, int at) {
    int number = texts.indexOf(text == null ? MISSING : text);
    if (number >= 0) {
      features[at + number] = 1;
    }
  }
}
