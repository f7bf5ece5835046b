package dev.lockstep.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How workers combine what they learn. */
enum StrategyName {
  PARAMETER_AVERAGING,
  GRADIENT_AVERAGING,
  SINGLE_PROCESS;

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a name. */
  static final class Converter implements ITypeConverter<StrategyName> {
    @Override
    public StrategyName convert(String value) {
      return Arrays.stream(values())
          .filter(name -> name.toString().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s, found '%s'"
                          .formatted(Arrays.toString(values()), value)));
    }
  }
}
