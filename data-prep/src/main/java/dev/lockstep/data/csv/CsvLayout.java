package dev.lockstep.data.csv;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * What the columns of a CSV file are.
 *
 * @param header the first line, if it names the columns; null if it has values
 * @param names of all columns; empty without header
 * @param columns how many
 * @param labels the positions of the columns to be learnt, from 0
 * @param features the positions of all others
 */
record CsvLayout(
    char delimiter,
    String header,
    List<String> names,
    int columns,
    List<Integer> labels,
    List<Integer> features)
    implements Serializable {
  private static final Set<String> LABEL_NAMES = Set.of("label", "class", "target", "y");

  /** Looks at the first line of a file, which this is the first block of. */
  static CsvLayout read(CsvBlock block, Optional<String> wanted, Configuration hadoop) {
    try (CsvLines lines = new CsvLines(block, null, hadoop)) {
      String file = DataFiles.name(block.path());
      return lines
          .next()
          .map(line -> of(line, wanted, file))
          .orElseThrow(() -> new DataError("%s: expected rows, found none".formatted(file)));
    }
  }

  /**
   * Looks at a first line. It names the columns if no value is a number; or if one has a name that
   * labels have.
   *
   * @param wanted the label columns by name or number from 1, with commas between; by default the
   *     one called label, class, target or y
   * @param file its name, for messages
   * @throws DataError if there are no such columns, or no others
   */
  static CsvLayout of(String line, Optional<String> wanted, String file) {
    char delimiter = CsvFields.delimiter(line);
    List<String> values = Arrays.asList(new CsvFields(delimiter).split(line, file + ": line 1"));
    boolean named =
        values.stream().noneMatch(CsvNumber::isNumber)
            || values.stream().anyMatch(CsvLayout::isLabelName)
            || wanted
                .filter(name -> !CsvNumber.isNumber(name))
                .filter(values::contains)
                .isPresent();
    List<String> names = named ? values : List.of();
    if (Set.copyOf(names).size() < names.size()) {
      throw new DataError(
          "%s: line 1: expected columns with different names, found %s"
              .formatted(file, String.join(", ", names)));
    }
    List<Integer> labels =
        wanted
            .map(columns -> columns(columns, names, values.size(), file))
            .orElseGet(() -> usual(names, file));
    List<Integer> features =
        IntStream.range(0, values.size()).filter(i -> !labels.contains(i)).boxed().toList();
    if (features.isEmpty()) {
      throw new DataError(
          "%s: line 1: expected columns beside the label, found none".formatted(file));
    }
    return new CsvLayout(
        delimiter, named ? line : null, List.copyOf(names), values.size(), labels, features);
  }

  private static boolean isLabelName(String name) {
    return LABEL_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  private static List<Integer> usual(List<String> names, String file) {
    List<Integer> found =
        IntStream.range(0, names.size()).filter(i -> isLabelName(names.get(i))).boxed().toList();
    if (found.size() != 1) {
      throw new DataError(
          "%s: line 1: expected one column called label, class, target or y, found %s: say by"
                  .formatted(file, found.isEmpty() ? "none" : found.size())
              + " --labels which column it is (its name, or its number from 1)");
    }
    return found;
  }

  private static List<Integer> columns(
      String wanted, List<String> names, int columns, String file) {
    if (names.contains(wanted)) {
      return List.of(names.indexOf(wanted));
    }
    return Arrays.stream(wanted.split(","))
        .map(column -> column(column.strip(), names, columns, file))
        .distinct()
        .toList();
  }

  private static int column(String wanted, List<String> names, int columns, String file) {
    if (names.contains(wanted)) {
      return names.indexOf(wanted);
    }
    if (wanted.matches("[1-9][0-9]{0,8}") && Integer.parseInt(wanted) <= columns) {
      return Integer.parseInt(wanted) - 1;
    }
    throw new DataError(
        "%s: line 1: expected a column '%s', found %s"
            .formatted(
                file,
                wanted,
                names.isEmpty() ? columns + " columns without names" : String.join(", ", names)));
  }

  /** What the features are called; empty where columns have no names. */
  List<String> featureNames() {
    return names.isEmpty() ? List.of() : features.stream().map(names::get).toList();
  }

  /** A column's number from 1, and its name if it has one, for messages. */
  String describe(int column) {
    return names.isEmpty()
        ? "column %d".formatted(column + 1)
        : "column %d (%s)".formatted(column + 1, names.get(column));
  }
}
