package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.ModelState;
import org.junit.jupiter.api.Test;

class OuterMomentumTest {

  @Test
  void a_round_continues_in_the_direction_of_the_rounds_before() {
    OuterMomentum half = new OuterMomentum(0.5);

    ModelState first = half.apply(state(8), state(6));
    ModelState second = half.apply(first, state(5));

    assertThat(first.parameters()).containsExactly(6);
    assertThat(first.outerMomentum()).containsExactly(2);
    // d = 0.5 · 2 + (6 - 5)
    assertThat(second.outerMomentum()).containsExactly(2);
    assertThat(second.parameters()).containsExactly(4);
  }

  @Test
  void none_is_the_average_itself() {
    ModelState average = state(0.1f);

    assertThat(OuterMomentum.NONE.apply(state(8), average)).isSameAs(average);
  }

  @Test
  void one_and_more_is_refused() {
    assertThatThrownBy(() -> new OuterMomentum(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("outer momentum must be in 0..1, below 1, not 1.0");
  }

  private static ModelState state(float parameter) {
    return new ModelState(new float[] {parameter}, new float[0], 1);
  }
}
