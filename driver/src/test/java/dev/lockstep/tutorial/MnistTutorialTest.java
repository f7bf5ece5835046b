package dev.lockstep.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.task.StartChoice;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.learning.config.Adam;

class MnistTutorialTest {
  /** What it starts from has nothing to do with its data. */
  private static final MnistTutorial TUTORIAL = new MnistTutorial(null, NormalisationMethod.AUTO);

  /** Averaged is 1 where gradients add up. */
  @ParameterizedTest
  @CsvSource({
    "SGD,        1,  1, 1,      0.01,   0",
    "SGD,        4,  4, 1,      0.04,   0",
    "SGD,        8,  8, 1,      0.08,   0.5",
    "SGD,       64, 64, 1,      0.08,   3",
    "SGD,        4,  1, 1,      0.01,   0",
    "SGD,       16,  1, 1,      0.005,  1",
    "SGD,       16, 16, 0.0625, 0.08,   1",
    "NESTEROVS,  4,  4, 1,      0.01,   1",
    "NESTEROVS, 64, 64, 1,      0.01,   1",
    "NESTEROVS,  4,  1, 1,      0.0025, 1",
    "ADAM,      64, 64, 1,      0.064,  0",
    "ADAM,      16, 16, 0.0625, 0.001,  0"
  })
  void rates_follow_from_workers_and_minibatches(
      Optimizer optimizer, int workers, int averaged, double share, double rate, double warmup) {
    StartChoice choice =
        new StartChoice(
            Optional.of(optimizer),
            OptionalDouble.empty(),
            workers,
            averaged,
            share,
            OuterOptimizer.NONE,
            1);

    assertThat(TUTORIAL.start(choice).learningRate().orElseThrow()).isEqualTo(rate, within(1e-12));
    assertThat(TUTORIAL.warmup(choice)).isEqualTo(warmup);
  }

  @Test
  void with_an_outer_optimizer_adam_has_less_momentum_of_its_own() {
    assertThat(momentum(OuterOptimizer.NONE)).isEqualTo(0.9, within(1e-12));
    assertThat(momentum(OuterOptimizer.of(OuterRule.NESTEROV))).isEqualTo(0.6, within(1e-12));
  }

  private static double momentum(OuterOptimizer outer) {
    StartChoice choice =
        new StartChoice(Optional.of(Optimizer.ADAM), OptionalDouble.empty(), 4, 4, 1, outer, 1);
    MultiLayerConfiguration network =
        MultiLayerConfiguration.fromJson(TUTORIAL.start(choice).network().json());
    BaseLayer layer = (BaseLayer) network.getConf(0).getLayer();
    return ((Adam) layer.getIUpdater()).getBeta1();
  }
}
