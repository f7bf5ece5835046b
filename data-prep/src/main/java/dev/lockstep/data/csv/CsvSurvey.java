package dev.lockstep.data.csv;

import dev.lockstep.data.LabelSurvey;
import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What one has to know of a block before it can be read: how many rows and lines it has, and what
 * its labels are.
 *
 * @param rows how many, without the line that names the columns
 * @param lines how many, with blank ones
 * @param labels what is in the label column
 * @param rising which columns look like an index
 */
record CsvSurvey(long rows, long lines, LabelSurvey labels, RisingColumns rising)
    implements Serializable {
  static final CsvSurvey NOTHING = new CsvSurvey(0, 0, LabelSurvey.NOTHING, new RisingColumns(0));

  /** Reads a block. */
  static CsvSurvey of(CsvBlock block, CsvLayout layout, Configuration hadoop) {
    CsvFields fields = new CsvFields(layout.delimiter());
    int column = layout.labels().get(0);
    LabelSurvey.Builder labels = new LabelSurvey.Builder();
    RisingColumns rising = new RisingColumns(layout.columns());
    long rows = 0;
    try (CsvLines lines = new CsvLines(block, layout.header(), hadoop)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        rows++;
        String[] values = fields.split(line.get(), lines.where());
        rising.add(values);
        if (column < values.length && !values[column].isEmpty()) {
          labels.add(values[column], CsvNumber.isNumber(values[column]));
        }
      }
      return new CsvSurvey(rows, lines.line(), labels.build(), rising);
    }
  }

  /** Both together. */
  CsvSurvey plus(CsvSurvey other) {
    return new CsvSurvey(
        rows + other.rows,
        lines + other.lines,
        labels.plus(other.labels),
        rising.plus(other.rising));
  }
}
