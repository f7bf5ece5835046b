package dev.lockstep.predict.output;

import dev.lockstep.data.RowTable;
import java.io.Serializable;

/**
 * A column of the predictions.
 *
 * @param presence whether each row has a value; where it has none, it is null
 * @param values whether they come again
 */
public record OutputColumn(String name, Kind kind, Presence presence, Values values)
    implements Serializable {

  /** What values are. */
  public enum Kind {
    /** {@link String}. */
    TEXT,
    /** {@link Integer}. */
    INT,
    /** {@link Long}. */
    WHOLE,
    /** {@link Float}. */
    FLOAT,
    /** {@link Double}. */
    NUMBER,
    /** {@link Boolean}. */
    TRUTH,
    /** {@link java.util.List} of {@link String}s. */
    TEXTS,
    /** {@code int[]}. */
    INTS,
    /** {@code float[]}. */
    FLOATS
  }

  /** Whether rows have values. */
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  /** Whether values come again. */
  public enum Values {
    COMMON,
    /** They hardly ever come twice. */
    VARIOUS
  }

  /** A column whose values each row has, and come again. */
  public static OutputColumn of(String name, Kind kind) {
    return new OutputColumn(name, kind, Presence.REQUIRED, Values.COMMON);
  }

  /** A column whose values each row has, and hardly ever come twice. */
  public static OutputColumn ofVarious(String name, Kind kind) {
    return new OutputColumn(name, kind, Presence.REQUIRED, Values.VARIOUS);
  }

  /** A column whose values not each row has. */
  public static OutputColumn ofOptional(String name, Kind kind) {
    return new OutputColumn(name, kind, Presence.OPTIONAL, Values.COMMON);
  }

  /** A column of a table that is kept. */
  public static OutputColumn of(RowTable.Column kept) {
    return ofOptional(
        kept.name(),
        switch (kept.kind()) {
          case TEXT -> Kind.TEXT;
          case WHOLE -> Kind.WHOLE;
          case NUMBER -> Kind.NUMBER;
          case TRUTH -> Kind.TRUTH;
        });
  }
}
