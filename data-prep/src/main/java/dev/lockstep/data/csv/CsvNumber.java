package dev.lockstep.data.csv;

/** Numbers as text: decimal only, where Java would also take {@code 5f}, hexadecimal and NaN. */
final class CsvNumber {
  private CsvNumber() {}

  /** Whether a text is a number that is finite as float32. */
  static boolean isNumber(String text) {
    return Float.isFinite(parse(text));
  }

  /** The float32 value; not finite if the text is no number, or one beyond float32. */
  static float parse(String text) {
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
