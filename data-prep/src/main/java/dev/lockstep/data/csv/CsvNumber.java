package dev.lockstep.data.csv;

import java.util.regex.Pattern;

/** Numbers as text: decimal only, where Java would also take {@code 5f}, hexadecimal and NaN. */
public final class CsvNumber {
  private static final Pattern COMMA = Pattern.compile("[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+)?,\\d+");
  private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+");

  private CsvNumber() {}

  /** How a table writes decimals. */
  enum Decimals {
    /** 1234.5. */
    POINT,
    /** 1234,5 or 1.234,5, which needs another delimiter. */
    COMMA
  }

  /** Whether a text is written with the signs of numbers alone: quick to tell, and all but sure. */
  static boolean looksLikeNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '.' && c != ',' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether a text is a number that is finite as float32. */
  static boolean isNumber(String text) {
    return Float.isFinite(parse(text));
  }

  /** Whether it is one in a table of a delimiter, with whatever decimals that allows. */
  static boolean isNumber(String text, char delimiter) {
    return isNumber(text) || delimiter != ',' && hasDecimalComma(text);
  }

  /** Whether a text can only be a number with a decimal comma. */
  static boolean hasDecimalComma(String text) {
    return text.indexOf(',') >= 0 && COMMA.matcher(text).matches();
  }

  /** Whether a text can only be a number with a decimal point. */
  static boolean hasDecimalPoint(String text) {
    return text.indexOf('.') >= 0 && !THOUSANDS.matcher(text).matches() && isNumber(text);
  }

  /** The float32 value; not finite if the text is no number, or one beyond float32. */
  static float parse(String text, Decimals decimals) {
    if (decimals == Decimals.POINT) {
      return parse(text);
    }
    return hasDecimalComma(text) || THOUSANDS.matcher(text).matches()
        ? parse(text.replace(".", "").replace(',', '.'))
        : text.indexOf('.') >= 0 ? Float.NaN : parse(text);
  }

  /** The same of a text with a decimal point, if any. */
  public static float parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Float.NaN;
      }
    }
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }
}
