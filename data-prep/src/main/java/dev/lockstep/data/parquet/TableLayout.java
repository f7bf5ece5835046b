package dev.lockstep.data.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;

import dev.lockstep.data.ColumnChoice;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.recipe.TableRecipe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * What the columns of a table are. Features are one column called features, of bytes, or of lists
 * or vectors of numbers, as is any that is the only one beside the label; or else all columns
 * beside the label, of which each is a number or a text. A column of bytes that is called image,
 * img, picture, content or bytes has picture files.
 *
 * @param labels the columns to be learnt
 * @param weights the column with how much each row counts; null if there is none
 * @param recipe how columns become features; null if they are as they are
 * @param wholes which of the features are stored as whole numbers, where they are columns
 * @param notes what was left out, one line each
 */
record TableLayout(
    List<String> labels,
    String weights,
    List<String> features,
    Kind kind,
    TableRecipe recipe,
    List<String> wholes,
    List<String> notes)
    implements Serializable {
  private static final Set<String> LABEL_NAMES = Set.of("label", "class", "target", "y");
  private static final Set<PrimitiveTypeName> NUMBERS =
      Set.of(
          PrimitiveTypeName.BOOLEAN,
          PrimitiveTypeName.INT32,
          PrimitiveTypeName.INT64,
          PrimitiveTypeName.FLOAT,
          PrimitiveTypeName.DOUBLE);

  private static final Set<String> PICTURE_NAMES =
      Set.of("image", "img", "picture", "content", "bytes");
  private static final String BYTES = "bytes";

  /** In which form the features are. */
  enum Kind {
    BYTES,
    /** Picture files, as they are or in a group with their names. */
    PICTURES,
    /** Of numbers, or of such lists. */
    LIST,
    /** As Spark ML has them. */
    VECTOR,
    COLUMNS
  }

  /**
   * Looks at a file's columns.
   *
   * @param location its label columns by name, with commas between, by default the one called
   *     label, class, target or y; and those that are ignored
   * @param file its name, for messages
   * @throws DataError if there are no such columns, or others that are no numbers
   */
  static TableLayout of(MessageType columns, DataLocation location, String file) {
    List<String> names = names(columns);
    return of(
        columns,
        location,
        location
            .labels()
            .map(given -> wanted(given, names, file))
            .orElseGet(() -> usual(names, file)),
        file);
  }

  /** The same of a table that has labels only where the location says so. */
  static TableLayout ofRows(MessageType columns, DataLocation location, String file) {
    return of(
        columns,
        location,
        location.labels().map(given -> wanted(given, names(columns), file)).orElse(List.of()),
        file);
  }

  private static List<String> names(MessageType columns) {
    return columns.getFields().stream().map(Type::getName).toList();
  }

  private static TableLayout of(
      MessageType columns, DataLocation location, List<String> labels, String file) {
    List<String> names = names(columns);
    List<String> others = new ArrayList<>(names);
    others.removeAll(labels);
    String weights = location.weights().orElse(null);
    if (weights != null && !others.remove(weights)) {
      throw new DataError(
          names.contains(weights)
              ? "%s: the column '%s' cannot be label and weight".formatted(file, weights)
              : "%s: expected a column '%s' of weights, found %s"
                  .formatted(file, weights, String.join(", ", names)));
    }
    ColumnChoice choice = ColumnChoice.of(others, location);
    List<String> features = choice.chosen();
    Optional<String> pictures =
        features.stream()
            .filter(name -> PICTURE_NAMES.contains(name.toLowerCase(Locale.ROOT)))
            .filter(name -> holdsFiles(columns.getType(name)))
            .findFirst();
    if (pictures.isPresent()) {
      return ofPictures(labels, weights, features, pictures.get(), choice.notes());
    }
    if (features.isEmpty()) {
      throw new DataError("%s: expected columns beside the label, found none".formatted(file));
    }
    String whole =
        features.contains(ExampleColumns.FEATURES) ? ExampleColumns.FEATURES : features.get(0);
    if (whole.equals(ExampleColumns.FEATURES) || features.size() == 1) {
      Type column = columns.getType(whole);
      if (VectorColumn.isVector(column)) {
        return new TableLayout(
            labels, weights, List.of(whole), Kind.VECTOR, null, List.of(), choice.notes());
      }
      if (isList(column)) {
        return new TableLayout(
            labels, weights, List.of(whole), Kind.LIST, null, List.of(), choice.notes());
      }
      if (whole.equals(ExampleColumns.FEATURES)
          && column.isPrimitive()
          && column.asPrimitiveType().getPrimitiveTypeName() == BINARY) {
        return new TableLayout(
            labels, weights, List.of(whole), Kind.BYTES, null, List.of(), choice.notes());
      }
    }
    features.forEach(name -> expectScalar(columns.getType(name), file));
    return new TableLayout(
        labels,
        weights,
        features,
        Kind.COLUMNS,
        null,
        features.stream().filter(name -> isWhole(columns.getType(name))).toList(),
        choice.notes());
  }

  private static TableLayout ofPictures(
      List<String> labels,
      String weights,
      List<String> features,
      String column,
      List<String> notes) {
    List<String> others = features.stream().filter(name -> !name.equals(column)).toList();
    List<String> all = new ArrayList<>(notes);
    if (!others.isEmpty()) {
      all.add(
          "the pictures of column %s are learnt from; left out: %s"
              .formatted(column, String.join(", ", others)));
    }
    return new TableLayout(labels, weights, List.of(column), Kind.PICTURES, null, List.of(), all);
  }

  /** Whether a column has bytes, or groups with such, as Hugging Face stores pictures. */
  private static boolean holdsFiles(Type column) {
    if (column.isPrimitive()) {
      return column.asPrimitiveType().getPrimitiveTypeName() == BINARY
          && column.getLogicalTypeAnnotation() == null;
    }
    return column.asGroupType().containsField(BYTES)
        && column.asGroupType().getType(BYTES).isPrimitive()
        && holdsFiles(column.asGroupType().getType(BYTES));
  }

  private Type projected(Type column) {
    boolean group = kind == Kind.PICTURES && features.contains(column.getName());
    return group && !column.isPrimitive()
        ? column.asGroupType().withNewFields(column.asGroupType().getType(BYTES))
        : column;
  }

  private static List<String> wanted(String wanted, List<String> names, String file) {
    List<String> labels =
        names.contains(wanted) ? List.of(wanted) : List.of(wanted.split("\\s*,\\s*"));
    for (String label : labels) {
      if (!names.contains(label)) {
        throw new DataError(
            "%s: expected a column '%s', found %s"
                .formatted(file, label, String.join(", ", names)));
      }
    }
    return labels;
  }

  private static List<String> usual(List<String> names, String file) {
    List<String> found =
        names.stream().filter(name -> LABEL_NAMES.contains(name.toLowerCase(Locale.ROOT))).toList();
    if (found.size() != 1) {
      throw new DataError(
          "%s: expected one column called label, class, target or y, found %s: say by --labels"
                  .formatted(file, found.isEmpty() ? "none" : found.size())
              + " which column it is");
    }
    return found;
  }

  private static boolean isList(Type type) {
    Type inner = type;
    int depth = 0;
    while (!inner.isPrimitive() && inner.asGroupType().getFieldCount() == 1) {
      inner = inner.asGroupType().getType(0);
      depth++;
    }
    return depth > 0 && depth % 2 == 0 && isNumber(inner) && !isDecimal(inner);
  }

  private static boolean isWhole(Type type) {
    PrimitiveTypeName stored = type.asPrimitiveType().getPrimitiveTypeName();
    return (stored == PrimitiveTypeName.INT32 || stored == PrimitiveTypeName.INT64)
        && !isDecimal(type);
  }

  private static boolean isDecimal(Type type) {
    return type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation;
  }

  private static boolean isNumber(Type type) {
    return type.isPrimitive() && isDecimal(type)
        || type.isPrimitive()
            && NUMBERS.contains(type.asPrimitiveType().getPrimitiveTypeName())
            && (type.getLogicalTypeAnnotation() == null
                || type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation);
  }

  /** Whether values are texts. */
  static boolean isText(Type type) {
    return type.isPrimitive()
        && type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation;
  }

  private static void expectScalar(Type type, String file) {
    if (!isNumber(type) && !isText(type) || type.isRepetition(Type.Repetition.REPEATED)) {
      throw new DataError(
          "%1$s: column %2$s: expected numbers or texts, found %3$s: leave it out by --ignore-columns %2$s"
              .formatted(file, type.getName(), type.toString().replaceAll("\\s+", " ")));
    }
  }

  /** The same, its features being made by a recipe. */
  TableLayout with(TableRecipe known, List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new TableLayout(labels, weights, known.names(), kind, known, wholes, all);
  }

  /** The same, its features being these columns. */
  TableLayout with(List<String> columns) {
    return new TableLayout(labels, weights, columns, kind, recipe, wholes, notes);
  }

  /** What has to be read of a file. */
  MessageType projection(MessageType columns) {
    return projection(columns, List.of());
  }

  /** The same, with more columns. */
  MessageType projection(MessageType columns, List<String> more) {
    return new MessageType(
        columns.getName(),
        columns.getFields().stream()
            .filter(
                field ->
                    labels.contains(field.getName())
                        || field.getName().equals(weights)
                        || features.contains(field.getName())
                        || more.contains(field.getName()))
            .map(this::projected)
            .toList());
  }

  /** What has to be looked at before. */
  MessageType survey(MessageType columns) {
    return new MessageType(
        columns.getName(),
        columns.getFields().stream()
            .filter(field -> labels.contains(field.getName()) || wholes.contains(field.getName()))
            .toList());
  }
}
