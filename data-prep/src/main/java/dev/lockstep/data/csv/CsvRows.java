package dev.lockstep.data.csv;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.Example;
import dev.lockstep.data.Values;
import dev.lockstep.data.recipe.UnusableValue;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of a block as examples, within a task. */
final class CsvRows implements Iterator<Example> {
  private final CsvValues reading;
  private final ClassNumbers classes;
  private final CsvLines lines;
  private final CsvFields fields;
  private long id;
  private Optional<String> next;

  /**
   * @param classes null for regression
   */
  CsvRows(CsvBlock block, CsvLayout layout, ClassNumbers classes, Configuration hadoop) {
    reading = new CsvValues(layout);
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
    Example example;
    try {
      reading.expectComplete(values);
      float[] target = reading.target(values, classes, lines.where());
      example = new Example(id++, new Values.Floats(reading.features(values)), target);
    } catch (UnusableValue e) {
      throw CsvValues.error(lines.where(), e);
    }
    next = lines.next();
    return example;
  }
}
