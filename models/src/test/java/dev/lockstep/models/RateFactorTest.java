package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class RateFactorTest {
  private static final int STEPS = 6;
  private static final float[] FEATURES = {0.5f, -1, 2, 0.1f, 1, 1, -0.3f, 0.2f, 0.7f};
  private static final float[] LABELS = {1, 0, 0, 1, 1, 0};

  static Stream<Arguments> stepsAndUpdaters() {
    return Stream.of(LocalStep.BLAS, LocalStep.ONEDNN, LocalStep.DL4J)
        .flatMap(
            step ->
                Stream.of("sgd", "nesterovs", "adam").map(updater -> Arguments.of(step, updater)));
  }

  @ParameterizedTest
  @MethodSource("stepsAndUpdaters")
  void a_factor_is_as_good_as_another_learning_rate(LocalStep step, String updater) {
    NetworkDefinition halved = network(updater(updater, rate(0.05)));
    NetworkDefinition whole = network(updater(updater, rate(0.1)));
    ModelState start = Dl4jLocalTrainer.stateOf(whole.newNetwork());

    ModelState expected = train(halved, step, start, List.of(1.0));
    ModelState scaled = train(whole, step, start, List.of(0.5));

    assertThat(scaled).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("stepsAndUpdaters")
  void after_a_factor_of_1_all_is_as_before(LocalStep step, String updater) {
    NetworkDefinition network = network(updater(updater, rate(0.1)));
    ModelState start = Dl4jLocalTrainer.stateOf(network.newNetwork());
    LocalTrainer trainer = LocalTrainers.create(network, step, 2, 3);

    train(trainer, start, List.of(0.5, 3.0));

    assertThat(train(trainer, start, List.of(1.0)))
        .isEqualTo(train(network, step, start, List.of(1.0)));
  }

  /** Whose own schedule goes on beside the factor. */
  private static ISchedule rate(double first) {
    return new ExponentialSchedule(ScheduleType.ITERATION, first, 0.5);
  }

  private static IUpdater updater(String name, ISchedule rate) {
    return switch (name) {
      case "sgd" -> new Sgd(rate);
      case "nesterovs" -> new Nesterovs(rate);
      default -> new Adam(rate);
    };
  }

  private static NetworkDefinition network(IUpdater updater) {
    return NetworkDefinition.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(updater)
            .weightDecay(0.01)
            .list(
                new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.TANH).build(),
                new OutputLayer.Builder().nIn(4).nOut(2).activation(Activation.SOFTMAX).build())
            .build());
  }

  private static ModelState train(
      NetworkDefinition network, LocalStep step, ModelState start, List<Double> factors) {
    return train(LocalTrainers.create(network, step, 2, 3), start, factors);
  }

  private static ModelState train(LocalTrainer trainer, ModelState start, List<Double> factors) {
    trainer.load(start);
    for (int i = 0; i < STEPS; i++) {
      trainer.rate(factors.get(i % factors.size()));
      trainer.step(new Minibatch(FEATURES, LABELS, 3));
    }
    return trainer.state();
  }
}
