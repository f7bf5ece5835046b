package dev.lockstep.data.csv;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.lockstep.data.DataError;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Splits rows at their delimiter, as RFC 4180 says; a value may be quoted, and have line breaks.
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

  /**
   * The one that a line has most of: comma, semicolon or tab; but not the comma where all commas
   * are those of decimals between others.
   */
  static char delimiter(String line) {
    return Stream.of(';', '\t')
        .filter(other -> line.indexOf(other) >= 0 && line.indexOf(',') >= 0)
        .filter(other -> hasDecimalsOnly(line.split(String.valueOf(other), -1)))
        .findFirst()
        .orElseGet(
            () ->
                Stream.of(',', ';', '\t')
                    .max(Comparator.comparingLong(d -> line.chars().filter(c -> c == d).count()))
                    .orElseThrow());
  }

  private static boolean hasDecimalsOnly(String[] values) {
    return Arrays.stream(values)
        .map(String::strip)
        .allMatch(value -> value.indexOf(',') < 0 || CsvNumber.hasDecimalComma(value));
  }

  /** Whether a quoted value is open at the end of a line, of which it was not at the beginning. */
  static boolean endsQuoted(String line, char delimiter) {
    return line.indexOf('"') >= 0 && endsQuoted(line, delimiter, false);
  }

  /**
   * Whether a quoted value is open at the end of a line.
   *
   * @param quoted whether it is at the beginning
   */
  static boolean endsQuoted(String line, char delimiter, boolean quoted) {
    boolean open = quoted;
    boolean atStart = !quoted;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (open) {
        if (c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          i++;
        } else if (c == '"') {
          open = false;
        }
      } else if (c == '"' && atStart) {
        open = true;
        atStart = false;
      } else {
        atStart = c == delimiter || atStart && c == ' ';
      }
    }
    return open;
  }

  /**
   * The values of a row, without surrounding blanks.
   *
   * @param where the file and the line, for messages
   */
  String[] split(String row, String where) {
    try {
      return parser.parseLine(row);
    } catch (TextParsingException e) {
      throw new DataError(
          "%s: expected at most %d values of %d characters"
              .formatted(where, MAX_COLUMNS, MAX_VALUE),
          e);
    }
  }
}
