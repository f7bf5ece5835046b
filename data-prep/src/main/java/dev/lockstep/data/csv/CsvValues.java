package dev.lockstep.data.csv;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.TableRow.Label;
import dev.lockstep.data.recipe.ColumnRecipe;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.data.recipe.UnusableValue;
import java.util.Arrays;
import java.util.List;

/** What the values of a row mean. */
record CsvValues(CsvLayout layout) {

  /**
   * Complains of a row of another number of values.
   *
   * @throws UnusableValue if it is one
   */
  void expectComplete(String[] row) throws UnusableValue {
    if (row.length != layout.columns()) {
      throw new UnusableValue(
          "expected %d values, found %d".formatted(layout.columns(), row.length));
    }
  }

  /** The features of a row. */
  float[] features(String[] row) throws UnusableValue {
    return layout.recipe() == null ? numbers(row, layout.features()) : made(row);
  }

  private float[] made(String[] row) throws UnusableValue {
    float[] features = new float[layout.recipe().width()];
    layout
        .recipe()
        .put(
            new TableRecipe.RowValues() {
              @Override
              public float number(int column) throws UnusableValue {
                String value = row[layout.features().get(column)];
                if (ColumnRecipe.isMissing(value)) {
                  return Float.NaN;
                }
                float number = CsvNumber.parse(value, layout.decimals());
                if (!Float.isFinite(number)) {
                  throw TableRecipe.notANumber(value);
                }
                return number;
              }

              @Override
              public String text(int column) {
                String value = row[layout.features().get(column)];
                return ColumnRecipe.isMissing(value) ? null : LabelSurvey.className(value);
              }
            },
            features,
            0);
    return features;
  }

  /** The numbers in some columns of a row. */
  float[] numbers(String[] row, List<Integer> columns) throws UnusableValue {
    float[] numbers = new float[columns.size()];
    for (int i = 0; i < numbers.length; i++) {
      int column = columns.get(i);
      numbers[i] = CsvNumber.parse(row[column], layout.decimals());
      if (!Float.isFinite(numbers[i])) {
        boolean comma =
            layout.decimals() == CsvNumber.Decimals.COMMA && CsvNumber.hasDecimalPoint(row[column]);
        throw new UnusableValue(
            "%s: expected a number%s, found '%s'"
                .formatted(
                    layout.describe(column),
                    comma ? " with a decimal comma, as others are" : "",
                    row[column].replaceAll("\\R", " ")));
      }
    }
    return numbers;
  }

  /**
   * What is learnt of a row, and its weight, if it has one.
   *
   * @param classes null for regression
   * @param where for messages
   */
  float[] target(String[] row, ClassNumbers classes, String where) throws UnusableValue {
    float[] target =
        classes == null
            ? numbers(row, layout.labels())
            : new float[] {classNumber(row[layout.labels().get(0)], classes, where)};
    if (layout.weights() < 0) {
      return target;
    }
    float[] weighted = Arrays.copyOf(target, target.length + 1);
    weighted[target.length] = weight(row);
    return weighted;
  }

  private static int classNumber(String label, ClassNumbers classes, String where)
      throws UnusableValue {
    if (label.indexOf('\ufffd') >= 0) {
      throw new UnusableValue("expected UTF-8, found '%s'".formatted(label));
    }
    return classes.number(LabelSurvey.className(label), where);
  }

  /** How much a row counts; 1 where rows have no weights. */
  float weight(String[] row) throws UnusableValue {
    if (layout.weights() < 0) {
      return 1;
    }
    String value = row[layout.weights()];
    float weight = CsvNumber.parse(value, layout.decimals());
    if (!(weight >= 0 && Float.isFinite(weight))) {
      throw new UnusableValue(
          "%s: expected a weight of at least 0, found '%s'"
              .formatted(layout.describe(layout.weights()), value));
    }
    return weight;
  }

  /** What is in the label columns of a row. */
  List<Label> labels(String[] row) {
    return layout.labels().stream().map(column -> label(row[column])).toList();
  }

  private Label label(String value) {
    float number = CsvNumber.parse(value, layout.decimals());
    return new Label(
        value.isEmpty() ? null : LabelSurvey.className(value),
        Float.isFinite(number) ? number : Float.NaN);
  }

  /** What to throw where a row has to be usable. */
  static DataError error(String where, UnusableValue e) {
    return new DataError("%s: %s".formatted(where, e.getMessage()), e);
  }
}
