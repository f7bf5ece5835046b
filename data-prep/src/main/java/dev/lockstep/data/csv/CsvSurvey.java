package dev.lockstep.data.csv;

import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.RisingColumns;
import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What one has to know of a block before it can be read: how many rows and lines it has, and what
 * its labels and numbers are.
 *
 * @param rows how many, without the line that names the columns
 * @param lines how many, with blank ones
 * @param labels what is in the label column, its places being line numbers
 * @param rising which columns look like an index
 * @param mixed whether a feature is missing, or no number by its looks
 * @param decimals whether numbers have a comma; until one is seen, a point
 * @param quotedBreaks whether a value has line breaks, so that all else is not known
 */
record CsvSurvey(
    long rows,
    long lines,
    LabelSurvey labels,
    RisingColumns rising,
    boolean mixed,
    CsvNumber.Decimals decimals,
    boolean quotedBreaks)
    implements Serializable {
  static final CsvSurvey NOTHING =
      new CsvSurvey(
          0, 0, LabelSurvey.NOTHING, new RisingColumns(0), false, CsvNumber.Decimals.POINT, false);

  /** Reads a block. */
  static CsvSurvey of(CsvBlock block, CsvLayout layout, Configuration hadoop) {
    CsvFields fields = new CsvFields(layout.delimiter());
    int column = layout.labels().isEmpty() ? layout.columns() : layout.labels().get(0);
    LabelSurvey.Builder labels = new LabelSurvey.Builder();
    RisingColumns rising = new RisingColumns(layout.columns());
    CsvNumber.Decimals decimals = CsvNumber.Decimals.POINT;
    boolean mixed = false;
    long rows = 0;
    try (CsvLines lines = new CsvLines(block, layout.delimiter(), layout.header(), hadoop)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        rows++;
        String[] values = fields.split(line.get(), lines.where());
        if (rows == 1 && block.from() == 0) {
          layout.expectOrder(values, lines.where());
        }
        rising.add(values);
        mixed = mixed || layout.isMixed(values);
        if (column < Math.min(values.length, layout.columns()) && !values[column].isEmpty()) {
          labels.add(
              values[column],
              CsvNumber.isNumber(values[column], layout.delimiter()),
              () -> String.valueOf(lines.rowBegan()));
        }
        if (decimals == CsvNumber.Decimals.POINT && layout.hasDecimalComma(values)) {
          decimals = CsvNumber.Decimals.COMMA;
        }
      }
      return new CsvSurvey(rows, lines.lines(), labels.build(), rising, mixed, decimals, false);
    } catch (QuotedBreak e) {
      return new CsvSurvey(0, 0, LabelSurvey.NOTHING, new RisingColumns(0), false, decimals, true);
    }
  }

  /** The same, its places told by the file and the line in it. */
  CsvSurvey placed(String file, long firstLine) {
    LabelSurvey placed =
        labels.placed(line -> "%s: line %d".formatted(file, firstLine + Long.parseLong(line)));
    return new CsvSurvey(rows, lines, placed, rising, mixed, decimals, quotedBreaks);
  }

  /** Both together. */
  CsvSurvey plus(CsvSurvey other) {
    return new CsvSurvey(
        rows + other.rows,
        lines + other.lines,
        labels.plus(other.labels),
        rising.plus(other.rising),
        mixed || other.mixed,
        decimals == CsvNumber.Decimals.COMMA ? decimals : other.decimals,
        quotedBreaks || other.quotedBreaks);
  }
}
