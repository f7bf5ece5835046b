package dev.lockstep.data.csv;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * What one has to know of a block before it can be read: how many rows and lines it has, and what
 * its labels are.
 *
 * @param rows how many, without the line that names the columns
 * @param lines how many, with blank ones
 * @param labels all that are in the label column; none if there are too many for classes
 * @param numbers whether all of them are numbers
 * @param few whether they are few enough for classes
 */
record CsvSurvey(long rows, long lines, Set<String> labels, boolean numbers, boolean few)
    implements Serializable {
  static final int MAX_CLASSES = 10_000;
  static final CsvSurvey NOTHING = new CsvSurvey(0, 0, Set.of(), true, true);

  /** Reads a block. */
  static CsvSurvey of(CsvBlock block, CsvLayout layout, Configuration hadoop) {
    CsvFields fields = new CsvFields(layout.delimiter());
    int column = layout.labels().get(0);
    Set<String> labels = new HashSet<>();
    boolean numbers = true;
    long rows = 0;
    try (CsvLines lines = new CsvLines(block, layout.header(), hadoop)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        rows++;
        String[] values = fields.split(line.get(), lines.where());
        boolean present = column < values.length && !values[column].isEmpty();
        if (present && labels.size() <= MAX_CLASSES) {
          numbers &= CsvNumber.isNumber(values[column]);
          labels.add(className(values[column]));
        }
      }
      boolean few = labels.size() <= MAX_CLASSES;
      return new CsvSurvey(rows, lines.line(), few ? labels : Set.of(), numbers, few);
    }
  }

  /** A label as a class is named: whole numbers without decimals. */
  static String className(String label) {
    return label.matches("[0-9]+\\.0+") ? label.substring(0, label.indexOf('.')) : label;
  }

  /** Both together. */
  CsvSurvey plus(CsvSurvey other) {
    Set<String> both = new HashSet<>(labels);
    both.addAll(other.labels);
    return new CsvSurvey(
        rows + other.rows,
        lines + other.lines,
        both,
        numbers && other.numbers,
        few && other.few && both.size() <= MAX_CLASSES);
  }

  /** Whether the labels are names, or the numbers from 0 or 1 on without gaps. */
  boolean looksLikeClasses() {
    return !numbers || few && (isRange(0) || isRange(1));
  }

  private boolean isRange(int first) {
    return IntStream.range(first, first + labels.size())
        .allMatch(i -> labels.contains(Integer.toString(i)));
  }
}
