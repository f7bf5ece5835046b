package dev.lockstep.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class OptimizerTest {

  @Test
  void adam_steps_eight_times_as_far_at_most_and_remembers_as_many_steps() {
    assertThat(Optimizer.ADAM.usualUpdater(1)).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-8));
    assertThat(Optimizer.ADAM.usualUpdater(4)).isEqualTo(new Adam(0.004, 0.9, 0.999, 1e-8));
    assertThat(Optimizer.ADAM.usualUpdater(64)).isEqualTo(new Adam(0.008, 0.9, 0.999, 1e-8));
  }

  @Test
  void less_than_one_process_minibatch_steps_as_that() {
    assertThat(Optimizer.ADAM.usualUpdater(0.5)).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-8));
    assertThat(Optimizer.SGD.usualUpdater(0.5)).isEqualTo(new Sgd(0.01));
  }

  @Test
  void momentum_steps_eight_times_as_far_at_most() {
    assertThat(Optimizer.NESTEROVS.usualUpdater(4)).isEqualTo(new Nesterovs(0.04, 0.9));
    assertThat(Optimizer.NESTEROVS.usualUpdater(64)).isEqualTo(new Nesterovs(0.08, 0.9));
  }

  @Test
  void gradient_descent_steps_thirty_two_times_as_far_at_most() {
    assertThat(Optimizer.SGD.usualUpdater(16)).isEqualTo(new Sgd(0.16));
    assertThat(Optimizer.SGD.usualUpdater(64)).isEqualTo(new Sgd(0.32));
  }
}
