package dev.lockstep.data.csv;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.Example;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.Values;
import dev.lockstep.data.recipe.UnusableValue;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of a block as examples, within a task. */
final class CsvRows implements Iterator<Example> {
  private final CsvLayout layout;
  private final ClassNumbers classes;
  private final CsvLines lines;
  private final CsvFields fields;
  private long id;
  private Optional<String> next;

  /**
   * @param classes null for regression
   */
  CsvRows(CsvBlock block, CsvLayout layout, ClassNumbers classes, Configuration hadoop) {
    this.layout = layout;
    this.classes = classes;
    lines = new CsvLines(block, layout.delimiter(), layout.header(), hadoop);
    fields = new CsvFields(layout.delimiter());
    id = block.firstRow();
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> lines.close());
    next = lines.next();
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public Example next() {
    String[] values = fields.split(next.orElseThrow(NoSuchElementException::new), lines.where());
    if (values.length != layout.columns()) {
      throw new DataError(
          "%s: expected %d values, found %d"
              .formatted(lines.where(), layout.columns(), values.length));
    }
    float[] target =
        classes == null
            ? numbers(values, layout.labels())
            : new float[] {classNumber(values[layout.labels().get(0)])};
    Example example = new Example(id++, new Values.Floats(features(values)), target);
    next = lines.next();
    return example;
  }

  private float[] features(String[] values) {
    if (layout.recipe() == null) {
      return numbers(values, layout.features());
    }
    try {
      return CsvRecipe.features(values, layout);
    } catch (UnusableValue e) {
      throw new DataError("%s: %s".formatted(lines.where(), e.getMessage()), e);
    }
  }

  private int classNumber(String label) {
    if (label.indexOf('\ufffd') >= 0) {
      throw new DataError("%s: expected UTF-8, found '%s'".formatted(lines.where(), label));
    }
    return classes.number(LabelSurvey.className(label), lines.where());
  }

  private float[] numbers(String[] values, List<Integer> columns) {
    float[] numbers = new float[columns.size()];
    for (int i = 0; i < numbers.length; i++) {
      int column = columns.get(i);
      numbers[i] = CsvNumber.parse(values[column], layout.decimals());
      if (!Float.isFinite(numbers[i])) {
        boolean comma =
            layout.decimals() == CsvNumber.Decimals.COMMA
                && CsvNumber.hasDecimalPoint(values[column]);
        throw new DataError(
            "%s: %s: expected a number%s, found '%s'"
                .formatted(
                    lines.where(),
                    layout.describe(column),
                    comma ? " with a decimal comma, as others are" : "",
                    values[column].replaceAll("\\R", " ")));
      }
    }
    return numbers;
  }
}
