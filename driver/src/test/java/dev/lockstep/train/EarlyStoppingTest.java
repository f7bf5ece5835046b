package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.train.EarlyStopping.Monitor;
import dev.lockstep.train.EarlyStopping.Seen;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  @Test
  void accuracy_is_better_when_it_is_higher() {
    EarlyStopping rule = new EarlyStopping(Monitor.ACCURACY, 0, 2);

    assertThat(observe(rule, 0.5, 0.7, 0.6, 0.8)).isEqualTo(new Seen(0.8, 4, 0));
    assertThat(observe(rule, 0.5, 0.7, 0.6)).isEqualTo(new Seen(0.7, 2, 1));
  }

  @Test
  void a_loss_is_better_when_it_is_lower() {
    EarlyStopping rule = new EarlyStopping(Monitor.LOSS, 0, 2);

    assertThat(observe(rule, 0.5, 0.7, 0.4)).isEqualTo(new Seen(0.4, 3, 0));
  }

  @Test
  void it_stops_after_as_many_validations_without_gain_as_its_patience() {
    EarlyStopping rule = new EarlyStopping(Monitor.ACCURACY, 0, 2);

    assertThat(rule.stops(Seen.NOTHING)).isFalse();
    assertThat(rule.stops(observe(rule, 0.5, 0.5))).isFalse();
    assertThat(rule.stops(observe(rule, 0.5, 0.5, 0.5))).isTrue();
  }

  @Test
  void a_gain_of_no_more_than_the_minimum_is_none() {
    EarlyStopping rule = new EarlyStopping(Monitor.ACCURACY, 0.25, 2);

    assertThat(observe(rule, 0.5, 0.75)).isEqualTo(new Seen(0.5, 1, 1));
    assertThat(observe(rule, 0.5, 0.76)).isEqualTo(new Seen(0.76, 2, 0));
  }

  @Test
  void a_score_that_is_not_a_number_is_never_better() {
    EarlyStopping rule = new EarlyStopping(Monitor.LOSS, 0, 2);

    assertThat(observe(rule, 0.5, Double.NaN)).isEqualTo(new Seen(0.5, 1, 1));
  }

  @Test
  void impossible_rules_are_refused() {
    assertThatThrownBy(() -> new EarlyStopping(Monitor.LOSS, -1, 1))
        .hasMessage("minDelta must be at least 0, not -1.0");
    assertThatThrownBy(() -> new EarlyStopping(Monitor.LOSS, 0, 0))
        .hasMessage("patience must be at least 1, not 0");
  }

  private static Seen observe(EarlyStopping rule, double... values) {
    Seen seen = Seen.NOTHING;
    for (int i = 0; i < values.length; i++) {
      seen = rule.after(seen, new Score(values[i], values[i]), i + 1);
    }
    return seen;
  }
}
