package dev.lockstep.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class OptimizerTest {

  @Test
  void adam_of_many_workers_steps_and_forgets_eight_times_as_fast_at_most() {
    assertThat(adam(1, MomentDecays.USUAL)).satisfies(adam(0.001, 0.9, 0.999));
    assertThat(adam(4, new MomentDecays(1, 4))).satisfies(adam(0.004, 0.9, 0.996));
    assertThat(adam(4, new MomentDecays(4, 4))).satisfies(adam(0.004, 0.6, 0.996));
    assertThat(adam(64, new MomentDecays(64, 64))).satisfies(adam(0.008, 0.2, 0.992));
  }

  @Test
  void less_than_one_process_minibatch_steps_as_that() {
    assertThat(adam(0.5, new MomentDecays(0.5, 0.5))).satisfies(adam(0.001, 0.9, 0.999));
    assertThat(usual(Optimizer.SGD, 0.5)).isEqualTo(new Sgd(0.01));
  }

  @Test
  void momentum_steps_eight_times_as_far_at_most() {
    assertThat(usual(Optimizer.NESTEROVS, 4)).isEqualTo(new Nesterovs(0.04, 0.9));
    assertThat(usual(Optimizer.NESTEROVS, 64)).isEqualTo(new Nesterovs(0.08, 0.9));
  }

  @ParameterizedTest
  @CsvSource({
    "NESTEROVS, 1, 0",
    "NESTEROVS, 8, 0.5",
    "NESTEROVS, 16, 1",
    "NESTEROVS, 64, 3",
    "SGD, 32, 0",
    "SGD, 40, 2.5",
    "SGD, 64, 3",
    "ADAM, 1, 0",
    "ADAM, 4, 0.25",
    "ADAM, 64, 3"
  })
  void rates_that_are_long_for_a_rule_warm_up(
      Optimizer optimizer, double minibatches, double epochs) {
    assertThat(optimizer.usualWarmup(minibatches)).isEqualTo(epochs);
  }

  @Test
  void gradient_descent_steps_thirty_two_times_as_far_at_most() {
    assertThat(usual(Optimizer.SGD, 16)).isEqualTo(new Sgd(0.16));
    assertThat(usual(Optimizer.SGD, 64)).isEqualTo(new Sgd(0.32));
  }

  private static IUpdater adam(double minibatches, MomentDecays decays) {
    return Optimizer.ADAM.usualUpdater(minibatches, decays);
  }

  private static IUpdater usual(Optimizer optimizer, double minibatches) {
    return optimizer.usualUpdater(minibatches, MomentDecays.USUAL);
  }

  private static ThrowingConsumer<IUpdater> adam(double rate, double beta1, double beta2) {
    return updater -> {
      Adam adam = (Adam) updater;
      assertThat(adam.getLearningRate()).isEqualTo(rate, within(1e-12));
      assertThat(adam.getBeta1()).isEqualTo(beta1, within(1e-12));
      assertThat(adam.getBeta2()).isEqualTo(beta2, within(1e-12));
    };
  }
}
