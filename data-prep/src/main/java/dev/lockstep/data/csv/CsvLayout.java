package dev.lockstep.data.csv;

import dev.lockstep.data.ColumnChoice;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.RowTable;
import dev.lockstep.data.csv.CsvNumber.Decimals;
import dev.lockstep.data.recipe.TableRecipe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * What the columns of a CSV file are.
 *
 * @param header the first line, if it names the columns; null if it has values
 * @param names of all columns; empty without header
 * @param columns how many
 * @param labels the positions of the columns to be learnt, from 0
 * @param weights the position of the column with how much each row counts; negative if there is
 *     none
 * @param features the positions of all others that are read
 * @param decimals how numbers are written
 * @param recipe how the features' columns become features; null if they are as they are
 * @param notes what was left out, one line each
 */
record CsvLayout(
    char delimiter,
    String header,
    List<String> names,
    int columns,
    List<Integer> labels,
    int weights,
    List<Integer> features,
    Decimals decimals,
    TableRecipe recipe,
    List<String> notes)
    implements Serializable {
  private static final Set<String> LABEL_NAMES = Set.of("label", "class", "target", "y");

  /** Whether rows have labels. */
  enum Labels {
    /** There is a column of labels. */
    NEEDED,
    /** Only where the location says so. */
    IF_SAID
  }

  /** Looks at the first row of a file, which this is the first block of. */
  static CsvLayout read(
      CsvBlock block, DataLocation location, Labels needed, Configuration hadoop) {
    String file = DataFiles.name(block.path());
    try (CsvLines lines = new CsvLines(block, delimiter(block, file, hadoop), null, hadoop)) {
      return of(lines.next().orElseThrow(), location, needed, file);
    }
  }

  private static char delimiter(CsvBlock block, String file, Configuration hadoop) {
    try (CsvLines lines = new CsvLines(block, ',', null, hadoop)) {
      return lines
          .next()
          .map(CsvFields::delimiter)
          .orElseThrow(() -> new DataError("%s: expected rows, found none".formatted(file)));
    }
  }

  /**
   * Looks at a first row. It names the columns if no value is a number; or if one has a name that
   * labels have.
   *
   * @param location its label columns by name or number from 1, with commas between, by default the
   *     one called label, class, target or y; and those that are ignored
   * @param file its name, for messages
   * @throws DataError if there are no such columns, or no others
   */
  static CsvLayout of(String line, DataLocation location, Labels needed, String file) {
    Optional<String> wanted = location.labels();
    char delimiter = CsvFields.delimiter(line);
    List<String> values = Arrays.asList(new CsvFields(delimiter).split(line, file + ": line 1"));
    boolean named =
        values.stream().noneMatch(value -> CsvNumber.isNumber(value, delimiter))
            || values.stream().anyMatch(CsvLayout::isLabelName)
            || wanted.filter(name -> !CsvNumber.isNumber(name)).filter(values::contains).isPresent()
            || needed == Labels.IF_SAID
                && location.columns().filter(values::containsAll).isPresent();
    List<String> names = named ? values : List.of();
    if (Set.copyOf(names).size() < names.size()) {
      throw new DataError(
          "%s: line 1: expected columns with different names, found %s"
              .formatted(file, String.join(", ", names)));
    }
    List<Integer> labels =
        wanted
            .map(columns -> columns(columns, names, values.size(), file))
            .orElseGet(() -> needed == Labels.NEEDED ? usual(names, file) : List.of());
    List<String> called =
        named ? names : IntStream.rangeClosed(1, values.size()).mapToObj(i -> "" + i).toList();
    int weights =
        location.weights().map(name -> column(name, names, values.size(), file)).orElse(-1);
    if (labels.contains(weights)) {
      throw new DataError(
          "%s: line 1: the column '%s' cannot be label and weight"
              .formatted(file, location.weights().orElseThrow()));
    }
    List<String> others =
        IntStream.range(0, values.size())
            .filter(i -> !labels.contains(i) && i != weights)
            .mapToObj(called::get)
            .toList();
    List<String> ignored =
        location.ignored().stream()
            .map(name -> called.get(column(name, called, values.size(), file)))
            .toList();
    ColumnChoice choice = ColumnChoice.of(others, location.withIgnored(ignored));
    if (choice.chosen().isEmpty()) {
      throw new DataError(
          "%s: line 1: expected columns beside the label, found none".formatted(file));
    }
    return new CsvLayout(
        delimiter,
        named ? line : null,
        List.copyOf(names),
        values.size(),
        labels,
        weights,
        choice.chosen().stream().map(called::indexOf).toList(),
        Decimals.POINT,
        null,
        choice.notes());
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

  /** The same, of a table whose numbers are written so. */
  CsvLayout with(Decimals found) {
    return new CsvLayout(
        delimiter, header, names, columns, labels, weights, features, found, recipe, notes);
  }

  /**
   * The same, its features being made by a recipe.
   *
   * @throws DataError if there is no column of a name that it knows
   */
  CsvLayout with(TableRecipe known, List<String> more, String file) {
    List<Integer> positions =
        known.names().stream().map(name -> column(name, names, columns, file)).toList();
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new CsvLayout(
        delimiter, header, names, columns, labels, weights, positions, decimals, known, all);
  }

  /**
   * The same, its features being the columns that a model knows, in the model's order.
   *
   * @param known by name; none where it knows none
   * @param count how many features it takes
   * @throws DataError if they are not there
   */
  CsvLayout with(List<String> known, int count, String file) {
    if (known.isEmpty() || names.isEmpty()) {
      if (features.size() != count) {
        throw RowTable.unlike(file, count, featureColumns());
      }
      return this;
    }
    List<String> missing = known.stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new DataError(
          "%s: expected the columns that the model knows, without %s, found %s: name them as in training"
              .formatted(file, String.join(", ", missing), String.join(", ", names)));
    }
    List<Integer> positions = known.stream().map(names::indexOf).toList();
    return new CsvLayout(
        delimiter, header, names, columns, labels, weights, positions, decimals, recipe, notes);
  }

  /** What all columns are called: by their names, or their numbers from 1. */
  List<String> allColumns() {
    return IntStream.range(0, columns).mapToObj(this::called).toList();
  }

  /**
   * Complains of the first row of a file that names the same columns in another order.
   *
   * @throws DataError if it does
   */
  void expectOrder(String[] row, String where) {
    List<String> values = Arrays.asList(row);
    if (!names.isEmpty()
        && values.size() == columns
        && Set.copyOf(names).equals(new HashSet<>(values))) {
      throw new DataError(
          "%s: expected the columns in the order of the first file (%s), found %s"
              .formatted(where, String.join(", ", names), String.join(", ", values)));
    }
  }

  /** What columns of features are called: by their names, or their numbers from 1. */
  List<String> featureColumns() {
    return features.stream().map(this::called).toList();
  }

  /** Whether a feature of a row is missing, or no number by its looks. */
  boolean isMixed(String[] row) {
    for (int i = 0; i < features.size(); i++) {
      int column = features.get(i);
      if (column < row.length && !CsvNumber.looksLikeNumber(row[column])) {
        return true;
      }
    }
    return false;
  }

  /** Whether a row has a number with a decimal comma in a column that is read. */
  boolean hasDecimalComma(String[] row) {
    return delimiter != ','
        && Stream.of(features, labels, List.of(weights))
            .flatMap(List::stream)
            .anyMatch(i -> i >= 0 && i < row.length && CsvNumber.hasDecimalComma(row[i]));
  }

  /** What the features are called; empty where columns have no names. */
  List<String> featureNames() {
    if (recipe != null) {
      return recipe.features();
    }
    return names.isEmpty() ? List.of() : features.stream().map(names::get).toList();
  }

  /** By what a column is ignored: its name, or its number from 1. */
  String called(int column) {
    return names.isEmpty() || names.get(column).isBlank()
        ? String.valueOf(column + 1)
        : names.get(column);
  }

  /** A column's number from 1, and its name if it has one, for messages. */
  String describe(int column) {
    return names.isEmpty()
        ? "column %d".formatted(column + 1)
        : "column %d (%s)".formatted(column + 1, names.get(column));
  }
}
