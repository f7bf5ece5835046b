package dev.lockstep.cli;

import dev.lockstep.strategy.LocalSgd;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.OuterSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Published ways of averaging, as settings that belong together. */
enum StrategyPreset {
  /** Wang, Tantia, Ballas and Rabbat 2020. */
  SLOWMO(Optional.of(OuterRule.MOMENTUM), OptionalDouble.of(0.7), AveragingSchedule.CONSTANT),
  /** Douillard et al. 2023. */
  DILOCO(Optional.of(OuterRule.NESTEROV), OptionalDouble.empty(), AveragingSchedule.CONSTANT),
  /** Lin, Stich, Patel and Jaggi 2020. */
  POST_LOCAL(Optional.empty(), OptionalDouble.empty(), new AveragingSchedule(1)),
  /** {@link LocalSgd}. */
  LOCAL_SGD(Optional.of(LocalSgd.RULE), OptionalDouble.empty(), AveragingSchedule.CONSTANT);

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

  /** Minibatches of each worker between two averages, where nothing is said. */
  OptionalInt averagingPeriod() {
    return this == LOCAL_SGD ? OptionalInt.of(LocalSgd.PERIOD) : OptionalInt.empty();
  }

  /**
   * Examples in a minibatch of one worker, where nothing is said.
   *
   * @param usual as many as they are without a preset
   */
  int minibatch(int usual, int workers) {
    return this == LOCAL_SGD ? LocalSgd.minibatch(usual, workers) : usual;
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
                    "expected slowmo, diloco, post-local or local-sgd, found '%s'"
                        .formatted(value)));
  }
}
