package dev.lockstep.data.csv;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.lockstep.data.DataError;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Splits lines at their delimiter, as RFC 4180 says; a value may be quoted, but has no line breaks.
 */
final class CsvFields {
  private static final int MAX_COLUMNS = 1 << 18;
  private static final int MAX_VALUE = 1 << 16;

  private final CsvParser parser;

  CsvFields(char delimiter) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(delimiter);
    settings.setCommentProcessingEnabled(false);
    settings.setSkipEmptyLines(false);
    settings.setMaxColumns(MAX_COLUMNS);
    settings.setMaxCharsPerColumn(MAX_VALUE);
    settings.setEmptyValue("");
    settings.setNullValue("");
    parser = new CsvParser(settings);
  }

  /** The one that a line has most of: comma, semicolon or tab. */
  static char delimiter(String line) {
    return Stream.of(',', ';', '\t')
        .max(Comparator.comparingLong(d -> line.chars().filter(c -> c == d).count()))
        .orElseThrow();
  }

  /**
   * The values of a line, without surrounding blanks.
   *
   * @param where the file and the line, for messages
   */
  String[] split(String line, String where) {
    if (line.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw new DataError(
          "%s: expected a quote to end in the line where it begins".formatted(where));
    }
    try {
      return parser.parseLine(line);
    } catch (TextParsingException e) {
      throw new DataError(
          "%s: expected at most %d values of %d characters"
              .formatted(where, MAX_COLUMNS, MAX_VALUE),
          e);
    }
  }
}
