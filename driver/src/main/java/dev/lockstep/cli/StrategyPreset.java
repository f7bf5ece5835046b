package dev.lockstep.cli;

import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.OuterSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Published ways of averaging, as settings that belong together. */
enum StrategyPreset {
  /** Wang, Tantia, Ballas and Rabbat 2020. */
  SLOWMO(Optional.of(OuterRule.MOMENTUM), OptionalDouble.of(0.7), AveragingSchedule.CONSTANT),
  /** Douillard et al. 2023. */
  DILOCO(Optional.of(OuterRule.NESTEROV), OptionalDouble.empty(), AveragingSchedule.CONSTANT),
  /** Lin, Stich, Patel and Jaggi 2020. */
  POST_LOCAL(Optional.empty(), OptionalDouble.empty(), new AveragingSchedule(1));

  private final Optional<OuterRule> rule;
  private final OptionalDouble momentum;
  private final AveragingSchedule schedule;

  StrategyPreset(Optional<OuterRule> rule, OptionalDouble momentum, AveragingSchedule schedule) {
    this.rule = rule;
    this.momentum = momentum;
    this.schedule = schedule;
  }

  AveragingSchedule schedule() {
    return schedule;
  }

  /**
   * What it says of averages, where the user did not.
   *
   * @param given by the user, without a rule
   */
  OuterSettings outer(OuterSettings given) {
    return new OuterSettings(
        rule, given.learningRate(), given.momentum().isPresent() ? given.momentum() : momentum);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a name as users write it.
   *
   * @throws IllegalArgumentException if there is no such preset
   */
  static StrategyPreset of(String value) {
    return Arrays.stream(values())
        .filter(preset -> preset.toString().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected slowmo, diloco or post-local, found '%s'".formatted(value)));
  }
}
