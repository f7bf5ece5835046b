package dev.lockstep.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A table whose rows are read one by one, each for itself: what is wrong with one is told of it,
 * and harms no other. Its features are in the order of the model that wants them.
 */
public interface RowTable extends Serializable {

  /**
   * What a model wants of rows.
   *
   * @param location the table, with the model's columns, or the recipe that makes its features; and
   *     the label columns, if there are such
   * @param features how many the model takes
   * @param kept columns whose values are kept, by name; empty for all
   */
  record Wanted(DataLocation location, int features, Optional<List<String>> kept) {}

  /** A column whose values are kept. */
  record Column(String name, Kind kind) implements Serializable {
    /** What its values are. */
    public enum Kind {
      /** {@link String}. */
      TEXT,
      /** {@link Long}. */
      WHOLE,
      /** {@link Double}. */
      NUMBER,
      /** {@link Boolean}. */
      TRUTH
    }
  }

  /**
   * Rows that one task reads, of one file.
   *
   * @param from where they begin: a byte, or of Parquet the number of a row
   * @param to where they end
   * @param rows how many
   * @param before how many lines of the file come before
   */
  record Part(String path, long from, long to, long rows, long before) implements Serializable {}

  /** The rows of a part, in their order. */
  interface Rows extends Iterator<TableRow>, AutoCloseable {
    @Override
    void close();
  }

  /** The columns whose values rows keep, in their order. */
  List<Column> kept();

  /** The columns with the labels; none where rows have no labels. */
  List<String> labels();

  /** All rows, in their order. */
  List<Part> parts();

  /** What whoever uses this table should know, one line each. */
  List<String> notes();

  /**
   * Reads a part.
   *
   * @throws DataError also from what it gives, if the file cannot be read at all
   */
  Rows read(Part part, Configuration hadoop);

  /** What to tell where a model takes another number of features than there are columns. */
  static DataError unlike(String file, int expected, List<String> found) {
    return new DataError(
        ("%s: expected %d columns of features, as the model takes, found %d (%s): leave others out"
                + " by --ignore-columns, and say by --labels which have labels")
            .formatted(file, expected, found.size(), String.join(", ", found)));
  }

  /** The columns that are to be kept, of those that there are. */
  static List<String> kept(Wanted wanted, List<String> all, String file) {
    List<String> kept = wanted.kept().orElse(all);
    kept.stream()
        .filter(name -> !all.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new DataError(
                  "%s: expected a column '%s' to be kept, found %s"
                      .formatted(file, name, String.join(", ", all)));
            });
    return kept;
  }
}
