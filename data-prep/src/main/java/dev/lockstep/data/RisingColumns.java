package dev.lockstep.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which columns hold whole numbers that rise from each row to the next, as an index does that a
 * program has written beside the data. A table sorted by class is learnt from such a column alone.
 */
public final class RisingColumns implements Serializable {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  /** In fewer rows numbers rise by chance. */
  private static final int FEWEST_ROWS = 10;

  private final long[] first;
  private final long[] last;
  private final boolean[] rising;
  private long rows;

  /** Of no rows. */
  public RisingColumns(int columns) {
    first = new long[columns];
    last = new long[columns];
    rising = new boolean[columns];
    Arrays.fill(rising, true);
  }

  /** Takes in the next row. */
  public void add(String[] values) {
    for (int c = 0; c < rising.length; c++) {
      if (rising[c]) {
        rising[c] =
            c < values.length
                && values[c] != null
                && WHOLE.matcher(values[c]).matches()
                && rises(c, values[c]);
      }
    }
    rows++;
  }

  private boolean rises(int column, String text) {
    long value = Long.parseLong(text);
    if (rows == 0) {
      first[column] = value;
    } else if (value <= last[column]) {
      return false;
    }
    last[column] = value;
    return true;
  }

  /** Of these rows and those that come after them. */
  public RisingColumns plus(RisingColumns later) {
    if (rows == 0 || later.rows == 0) {
      return rows == 0 ? later : this;
    }
    RisingColumns both = new RisingColumns(rising.length);
    both.rows = rows + later.rows;
    for (int c = 0; c < rising.length; c++) {
      both.first[c] = first[c];
      both.last[c] = later.last[c];
      both.rising[c] = rising[c] && later.rising[c] && last[c] < later.first[c];
    }
    return both;
  }

  /**
   * What to tell of a column.
   *
   * @param described the column, as messages name it
   * @param name by which it is ignored
   */
  public static String note(String described, String name) {
    return "%s looks like an index, whole numbers that rise from row to row: if it is one, leave it out by --ignore-columns %s"
        .formatted(described, name);
  }

  /** The positions of such columns, from 0. */
  public List<Integer> positions() {
    return rows < FEWEST_ROWS
        ? List.of()
        : IntStream.range(0, rising.length).filter(c -> rising[c]).boxed().toList();
  }
}
