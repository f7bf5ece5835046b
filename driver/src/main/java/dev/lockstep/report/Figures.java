package dev.lockstep.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers as people read them, the same in every locale. */
public final class Figures {
  private Figures() {}

  /** A whole number with thousands separated. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A measured quantity, to six significant digits. */
  public static String quantity(double number) {
    return String.format(Locale.ROOT, "%.6g", number);
  }

  /** A setting, as short as it can be. */
  public static String setting(double number) {
    return BigDecimal.valueOf(number)
        .round(new MathContext(6))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A proportion such as an accuracy, to four decimals. */
  public static String proportion(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }

  /** Seconds as 0:07 or 1:02:03. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** Several named quantities on one line. */
  public static String line(Map<String, Double> quantities) {
    return quantities.entrySet().stream()
        .map(entry -> entry.getKey() + " " + quantity(entry.getValue()))
        .collect(Collectors.joining("  "));
  }
}
