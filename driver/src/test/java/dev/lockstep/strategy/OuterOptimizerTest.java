package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ModelState;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OuterOptimizerTest {
  private static final int PARAMETER = 0;

  @Test
  void sgd_with_rate_1_is_the_average_itself() {
    ModelState average = state(0.1f);

    assertThat(OuterOptimizer.of(OuterRule.SGD).apply(state(8), average)).isSameAs(average);
  }

  @Test
  void sgd_goes_a_part_of_the_way_to_the_average() {
    ModelState half = new OuterOptimizer(OuterRule.SGD, 0.5, 0).apply(state(8), state(6));

    assertThat(half.parameters()).containsExactly(7);
    assertThat(half.outerState()).isEmpty();
  }

  @Test
  void momentum_continues_in_the_direction_of_the_rounds_before() {
    OuterOptimizer slowMo = new OuterOptimizer(OuterRule.MOMENTUM, 1, 0.5);

    ModelState first = slowMo.apply(state(8), state(6));
    ModelState second = slowMo.apply(first, state(5));

    assertThat(first.parameters()).containsExactly(6);
    assertThat(first.outerState()).containsExactly(2);
    // m = 0.5 · 2 + (6 - 5)
    assertThat(second.outerState()).containsExactly(2);
    assertThat(second.parameters()).containsExactly(4);
  }

  @Test
  void nesterov_looks_ahead() {
    OuterOptimizer diLoCo = new OuterOptimizer(OuterRule.NESTEROV, 0.5, 0.5);

    ModelState first = diLoCo.apply(state(8), state(6));

    // m = 2, x = 8 - 0.5 · (2 + 0.5 · 2)
    assertThat(first.outerState()).containsExactly(2);
    assertThat(first.parameters()).containsExactly(6.5f);
  }

  @Test
  void adam_steps_by_its_rate_where_changes_keep_their_sign() {
    OuterOptimizer adam = new OuterOptimizer(OuterRule.ADAM, 0.01, 0.9);
    ModelState at = state(8);

    for (int round = 0; round < 2000; round++) {
      ModelState average = state(at.parameters()[PARAMETER] - 3);
      at = adam.apply(at, average);
    }
    float before = at.parameters()[PARAMETER];
    float after = adam.apply(at, state(before - 3)).parameters()[PARAMETER];

    assertThat(before - after).isCloseTo(0.01f, within(1e-5f));
    assertThat(at.outerState()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(OuterRule.class)
  void where_nothing_changes_nothing_moves(OuterRule rule) {
    OuterOptimizer optimizer = OuterOptimizer.of(rule);

    ModelState same = optimizer.apply(state(3), state(3));

    assertThat(same.parameters()).containsExactly(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MOMENTUM|1|1|outer momentum must be from 0 to below 1, not 1.0",
        "NESTEROV|0.7|-0.1|outer momentum must be from 0 to below 1, not -0.1",
        "ADAM|0|0.9|outer learning rate must be more than 0, not 0.0",
        "SGD|1|0.5|outer sgd has no momentum: choose outer momentum or nesterov"
      })
  void what_makes_no_sense_is_refused(OuterRule rule, double rate, double beta, String message) {
    assertThatThrownBy(() -> new OuterOptimizer(rule, rate, beta))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void a_momentum_alone_means_slow_momentum() {
    assertThat(OuterSettings.momentum(0.3).optimizer(setting -> setting))
        .isEqualTo(new OuterOptimizer(OuterRule.MOMENTUM, 1, 0.3));
    assertThat(OuterSettings.NONE.optimizer(setting -> setting)).isEqualTo(OuterOptimizer.NONE);
  }

  @Test
  void a_momentum_that_the_rule_has_not_is_refused_in_the_users_words() {
    OuterSettings settings =
        new OuterSettings(
            Optional.of(OuterRule.SGD), OptionalDouble.empty(), OptionalDouble.of(0.5));

    assertThatThrownBy(() -> settings.optimizer(setting -> "--" + setting))
        .hasMessage("--outerMomentum needs --outer momentum, nesterov or adam, not sgd");
  }

  private static ModelState state(float parameter) {
    return new ModelState(new float[] {parameter}, new float[0], 1);
  }
}
