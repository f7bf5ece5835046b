package dev.lockstep.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GradientClippingTest {
  private static final float LIMIT = 0.001f;
  private static final NetworkDefinition NETWORK =
      NetworkDefinition.of(TutorialNetworks.softmax(3, 2, Optimizer.SGD.updater(1), 1));
  private static final Minibatch EXAMPLES =
      new Minibatch(new float[] {1, -2, 3, 4, 5, -6}, new float[] {1, 0, 0, 1}, 2);

  @ParameterizedTest
  @EnumSource(
      value = LocalStep.class,
      names = {"BLAS", "DL4J"})
  void no_parameter_moves_further_than_a_value_is_clipped_to(LocalStep step) {
    float[] change = change(GradientClipping.of("value:" + LIMIT), step);

    for (float moved : change) {
      assertThat(Math.abs(moved)).isLessThanOrEqualTo(LIMIT * 1.001f);
    }
    assertThat(norm(change)).as("they moved").isGreaterThan(LIMIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = LocalStep.class,
      names = {"BLAS", "DL4J"})
  void a_layer_moves_as_far_as_its_norm_is_clipped_to(LocalStep step) {
    float[] change = change(GradientClipping.of("norm:" + LIMIT), step);

    assertThat(norm(change)).isCloseTo(LIMIT, within(LIMIT / 100));
  }

  @Test
  void gradients_that_are_short_enough_stay_as_they_are() {
    assertThat(change(GradientClipping.of("norm:1e6"), LocalStep.BLAS))
        .containsExactly(step(NETWORK, LocalStep.BLAS));
  }

  @Test
  void it_is_told_as_it_is_read() {
    assertThat(GradientClipping.of("NORM:2")).hasToString("norm:2.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm|expected value:V or norm:V with a number V, found 'norm'",
        "length:1|expected value:V or norm:V with a number V, found 'length:1'",
        "value:x|expected value:V or norm:V with a number V, found 'value:x'",
        "value:0|what gradients are clipped to must be more than 0, not 0.0"
      })
  void what_makes_no_sense_is_refused(String text, String message) {
    assertThatThrownBy(() -> GradientClipping.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static float[] change(GradientClipping clipping, LocalStep step) {
    return step(clipping.apply(NETWORK), step);
  }

  /** How a step of gradient descent with rate 1 changes the parameters. */
  private static float[] step(NetworkDefinition network, LocalStep step) {
    ModelState start = Dl4jLocalTrainer.stateOf(network.newNetwork());
    LocalTrainer trainer = LocalTrainers.factory(network, step, 2, 3).newTrainer();
    trainer.load(start);
    trainer.step(EXAMPLES);
    float[] change = trainer.state().parameters();
    for (int i = 0; i < change.length; i++) {
      change[i] -= start.parameters()[i];
    }
    return change;
  }

  private static float norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return (float) Math.sqrt(squares);
  }
}
