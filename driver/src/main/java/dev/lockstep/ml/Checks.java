package dev.lockstep.ml;

import dev.lockstep.data.DataError;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import scala.Function1;

/**
 * What values a parameter may have. Unlike those of Spark, whose message is that a value is
 * invalid, these say what was expected.
 */
final class Checks {
  private Checks() {}

  private interface Condition<T> extends Serializable {
    boolean holds(T value);
  }

  private static <T> Function1<T, Object> check(
      String name, String expected, Condition<T> condition) {
    return (Function1<T, Object> & Serializable)
        value -> {
          if (!condition.holds(value)) {
            throw new IllegalArgumentException(
                "%s must be %s, not %s".formatted(name, expected, value));
          }
          return true;
        };
  }

  /** A whole number of at least so much. */
  static Function1<Object, Object> atLeast(String name, long least) {
    return check(name, "at least " + least, value -> ((Number) value).longValue() >= least);
  }

  /** A finite number of more than 0. */
  static Function1<Object, Object> positive(String name) {
    return check(
        name, "more than 0", value -> (Double) value > 0 && Double.isFinite((Double) value));
  }

  /** A number of at least 0. */
  static Function1<Object, Object> notNegative(String name) {
    return check(name, "at least 0", value -> (Double) value >= 0);
  }

  /** From 0 to below 1. */
  static Function1<Object, Object> fraction(String name) {
    return check(name, "from 0 to below 1", value -> (Double) value >= 0 && (Double) value < 1);
  }

  /** Whole numbers of at least 1 each; may be none. */
  static Function1<int[], Object> sizes(String name) {
    return (Function1<int[], Object> & Serializable)
        values -> {
          if (Arrays.stream(values).anyMatch(value -> value < 1)) {
            throw new IllegalArgumentException(
                "%s must be at least 1 each, not %s".formatted(name, Arrays.toString(values)));
          }
          return true;
        };
  }

  /** Numbers of at least 0, of which one at most is 0. */
  static Function1<double[], Object> thresholds(String name) {
    return (Function1<double[], Object> & Serializable)
        values -> {
          if (!Arrays.stream(values).allMatch(value -> value >= 0)
              || Arrays.stream(values).filter(value -> value == 0).count() > 1) {
            throw new IllegalArgumentException(
                "%s must be at least 0 each, and 0 once at most, not %s"
                    .formatted(name, Arrays.toString(values)));
          }
          return true;
        };
  }

  /** A text that something can read, which complains of others in a line. */
  static Function1<String, Object> read(String name, Reading reading) {
    return (Function1<String, Object> & Serializable)
        value -> {
          try {
            reading.read(value);
            return true;
          } catch (IllegalArgumentException | DataError e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
          }
        };
  }

  /** Makes something of a text. */
  interface Reading extends Serializable {
    Object read(String text);
  }

  /** The names of an enum's constants, as users write them. */
  static Function1<String, Object> oneOf(String name, Enum<?>[] values) {
    List<String> names = names(values);
    return check(name, "one of " + String.join(", ", names), names::contains);
  }

  /** The constants' names in a list, to read. */
  static String list(Enum<?>[] values) {
    return String.join(", ", names(values));
  }

  /** A constant's name as users write it. */
  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of a name as users write it. */
  static <T extends Enum<T>> T constant(Class<T> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Checks::name).toList();
  }
}
