package dev.lockstep.table;

import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.csv.CsvNumber;
import dev.lockstep.data.recipe.ColumnRecipe;
import dev.lockstep.data.recipe.ColumnSurvey;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.data.recipe.UnusableValue;

/** A number, a truth or a text in a row, in which null, NaN and {@code NA} are missing. */
final class ScalarValue {
  private ScalarValue() {}

  /** NaN for none. */
  static float number(Object value) throws UnusableValue {
    if (isMissing(value)) {
      return Float.NaN;
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof Number number) {
      return number.floatValue();
    }
    float parsed = CsvNumber.parse(value.toString());
    if (!Float.isFinite(parsed)) {
      throw TableRecipe.notANumber(value.toString());
    }
    return parsed;
  }

  /** As a class would be named; null for none. */
  static String text(Object value) {
    return isMissing(value) ? null : LabelSurvey.className(value.toString());
  }

  private static boolean isMissing(Object value) {
    return value == null
        || value instanceof Number number && Double.isNaN(number.doubleValue())
        || value instanceof String text && ColumnRecipe.isMissing(text.strip());
  }

  static void survey(Object value, ColumnSurvey survey) {
    if (isMissing(value)) {
      survey.addMissing();
      return;
    }
    try {
      survey.addNumber(number(value), text(value));
    } catch (UnusableValue e) {
      survey.addText(text(value));
    }
  }
}
