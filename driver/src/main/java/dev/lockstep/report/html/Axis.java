package dev.lockstep.report.html;

import dev.lockstep.report.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * From values to places on a drawing, with ticks at round numbers (Heckbert 1990, "Nice numbers for
 * graph labels").
 *
 * @param min the least value, or its logarithm
 * @param max the greatest value, or its logarithm; more than min
 * @param from where the least is
 * @param to where the greatest is
 */
record Axis(Scale scale, double min, double max, double from, double to) {
  private static final int TICKS = 5;
  private static final int[] DIGITS = {1, 2, 5};

  /** How values are spread. */
  enum Scale {
    LINEAR,
    /** For values above 0. */
    LOGARITHMIC;

    /** Logarithmic where a linear axis would leave most values on the floor. */
    static Scale of(double[] values) {
      double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
      boolean wide =
          sorted.length > 0
              && sorted[0] > 0
              && sorted[sorted.length - 1] > 20 * sorted[sorted.length / 2];
      return wide ? LOGARITHMIC : LINEAR;
    }
  }

  /** An axis on which all values have a place. */
  static Axis of(Scale scale, double[] values, double from, double to) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double[] placed =
        scale == Scale.LINEAR
            ? finite
            : Arrays.stream(finite).filter(value -> value > 0).map(Math::log10).toArray();
    double min = DoubleStream.of(placed).min().orElse(0);
    double max = DoubleStream.of(placed).max().orElse(1);
    if (max - min < 1e-12 * Math.max(1, Math.abs(max))) {
      double margin = Math.max(Math.abs(max) / 10, 0.1);
      min -= margin;
      max += margin;
    }
    if (scale == Scale.LINEAR) {
      double step = step(max - min);
      min = Math.floor(min / step + 1e-9) * step;
      max = Math.ceil(max / step - 1e-9) * step;
    }
    return new Axis(scale, min, max, from, to);
  }

  double at(double value) {
    double placed = scale == Scale.LINEAR ? value : Math.log10(value);
    return from + (to - from) * (placed - min) / (max - min);
  }

  /** Values at which to put a line and a number. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (scale == Scale.LINEAR) {
      double step = step(max - min);
      for (long i = Math.round(min / step); i * step <= max + step / 2; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
    int[] digits = max - min > 4 ? new int[] {1} : max - min > 1.8 ? new int[] {1, 3} : DIGITS;
    for (int exponent = (int) Math.floor(min); exponent <= max; exponent++) {
      for (int digit : digits) {
        double tick = digit * Math.pow(10, exponent);
        if (Math.log10(tick) >= min && Math.log10(tick) <= max) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** About a fifth of a range: 1, 2 or 5 times a power of ten. */
  private static double step(double range) {
    double rough = range / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10) * power;
  }

  /** A tick's number, as short as it can be. */
  static String label(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return Figures.setting(value / 1e6) + "M";
    }
    if (size >= 1e3) {
      return Figures.setting(value / 1e3) + "k";
    }
    return size == 0 || size >= 1e-4
        ? Figures.setting(value)
        : String.format(Locale.ROOT, "%.0e", value);
  }
}
