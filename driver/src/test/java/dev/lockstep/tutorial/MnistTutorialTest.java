package dev.lockstep.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.task.StartChoice;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MnistTutorialTest {
  /** What it starts from has nothing to do with its data. */
  private static final MnistTutorial TUTORIAL = new MnistTutorial(null, NormalisationMethod.AUTO);

  /** Averaged is 1 where gradients add up. */
  @ParameterizedTest
  @CsvSource({
    "SGD,        1,  1, 1,      0.01,   0",
    "SGD,        4,  4, 1,      0.04,   0",
    "SGD,        8,  8, 1,      0.08,   0.5",
    "SGD,       64, 64, 1,      0.08,   0.5",
    "SGD,        4,  1, 1,      0.01,   0",
    "SGD,       16,  1, 1,      0.005,  0.5",
    "SGD,       16, 16, 0.0625, 0.08,   0.5",
    "NESTEROVS,  4,  4, 1,      0.01,   0",
    "NESTEROVS, 64, 64, 1,      0.01,   0",
    "NESTEROVS,  4,  1, 1,      0.0025, 0",
    "ADAM,      64, 64, 1,      0.064,  0",
    "ADAM,      16, 16, 0.0625, 0.001,  0"
  })
  void rates_follow_from_workers_and_minibatches(
      Optimizer optimizer, int workers, int averaged, double share, double rate, double warmup) {
    StartChoice choice =
        new StartChoice(
            Optional.of(optimizer), OptionalDouble.empty(), workers, averaged, share, 1);

    assertThat(TUTORIAL.start(choice).learningRate().orElseThrow()).isEqualTo(rate, within(1e-12));
    assertThat(TUTORIAL.warmup(choice)).isEqualTo(warmup);
  }
}
