package dev.lockstep.data.augment;

import dev.lockstep.data.DataError;
import java.util.Locale;

/** Changes as users write them: a name, and for most a number after a colon. */
final class ChangeText {
  private static final int MAX_PIXELS = 9999;
  private static final double MAX_DEGREES = 180;
  private static final String KNOWN =
      "flip, shift:PIXELS, crop:PIXELS, rotate:DEGREES, erase:PIXELS, brightness:PART, contrast:PART";

  private ChangeText() {}

  /**
   * One change.
   *
   * @throws DataError if there is no such, or its number is out of range
   */
  static Change change(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    int colon = word.indexOf(':');
    String name = colon < 0 ? word : word.substring(0, colon);
    String number = colon < 0 ? "" : word.substring(colon + 1);
    return switch (name) {
      case "flip" -> flip(text, number);
      case "shift" -> new Moves.Shift(pixels(text, number));
      case "crop" -> new Moves.Crop(pixels(text, number));
      case "rotate" -> new Moves.Rotate(number(text, number, MAX_DEGREES, "degrees"));
      case "erase" -> new Levels.Erase(pixels(text, number));
      case "brightness" -> new Levels.Brightness(number(text, number, 1, "as a part"));
      case "contrast" -> new Levels.Contrast(number(text, number, 1, "as a part"));
      default ->
          throw new DataError("augmentation: expected %s, found '%s'".formatted(KNOWN, text));
    };
  }

  private static Change flip(String text, String number) {
    if (!number.isEmpty()) {
      throw new DataError(
          "augmentation: expected flip without a number, found '%s'".formatted(text));
    }
    return new Moves.Flip();
  }

  private static int pixels(String text, String number) {
    double pixels = number(text, number, MAX_PIXELS, "pixels");
    if (pixels != Math.rint(pixels)) {
      throw new DataError(
          "augmentation: expected a whole number of pixels, found '%s'".formatted(text));
    }
    return (int) pixels;
  }

  private static double number(String text, String number, double most, String unit) {
    double value;
    try {
      value = Double.parseDouble(number);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value > 0 && value <= most)) {
      throw new DataError(
          "augmentation: expected more than 0 and at most %s %s, found '%s'"
              .formatted(number(most), unit, text));
    }
    return value;
  }

  /** Without a fraction where there is none. */
  static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
