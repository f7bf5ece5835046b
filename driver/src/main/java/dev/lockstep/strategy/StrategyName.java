package dev.lockstep.strategy;

import java.util.Arrays;
import java.util.Locale;

/** How workers combine what they learn. */
public enum StrategyName {
  PARAMETER_AVERAGING,
  GRADIENT_AVERAGING,
  SINGLE_PROCESS,
  DL4J;

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a name as users write it.
   *
   * @throws IllegalArgumentException if there is no such strategy
   */
  public static StrategyName of(String value) {
    return Arrays.stream(values())
        .filter(name -> name.toString().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found '%s'".formatted(Arrays.toString(values()), value)));
  }
}
