package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

/** The small tutorials, step by step against TensorFlow. */
class TensorFlowParityTest {

  @ParameterizedTest
  @EnumSource(names = {"SGD", "ADAM"})
  void linear_follows_tensorflow_for_a_thousand_epochs(Optimizer optimizer) {
    replayLinear(LocalStep.BLAS, optimizer, 1000);
  }

  @ParameterizedTest
  @EnumSource(names = {"SGD", "ADAM"})
  void dl4j_on_linear_follows_tensorflow_for_50_epochs(Optimizer optimizer) {
    replayLinear(LocalStep.DL4J, optimizer, 50);
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, TANH, TANH",
    "sigmoid, SIGMOID, SIGMOID",
    "relu, RELU, RELU",
    "sigmoid-hidden, SIGMOID, TANH",
    "relu-hidden, RELU, TANH"
  })
  void nonlinear_gradient_descent_follows_tensorflow_for_20_000_steps(
      String name, Activation hidden, Activation output) {
    IUpdater updater = Optimizer.SGD.updater(0.1);
    replayNonlinear(LocalStep.BLAS, name + "_gd", hidden, output, updater, 20_000);
    replayNonlinear(LocalStep.DL4J, name + "_gd", hidden, output, updater, 100);
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, TANH, TANH",
    "sigmoid, SIGMOID, SIGMOID",
    "relu, RELU, RELU",
    "sigmoid-hidden, SIGMOID, TANH",
    "relu-hidden, RELU, TANH"
  })
  void nonlinear_adam_follows_tensorflow_until_rounding_drifts_at_step_500(
      String name, Activation hidden, Activation output) {
    IUpdater updater = Optimizer.ADAM.updater(0.01);
    replayNonlinear(LocalStep.BLAS, name + "_adam", hidden, output, updater, 500);
    replayNonlinear(LocalStep.DL4J, name + "_adam", hidden, output, updater, 100);
  }

  private static void replayLinear(LocalStep step, Optimizer optimizer, int epochs) {
    float[] x = Golden.column("linear/data.csv", 0);
    float[] y = Golden.column("linear/data.csv", 1);
    MultiLayerNetwork network = TutorialNetworks.linear(optimizer.updater(0.01), 1);
    LocalTrainer trainer = trainer(step, network, linearStart("linear/init.csv"));
    Map<Integer, Double> expected = Golden.losses("linear/" + golden(optimizer) + ".csv");
    Minibatch all = new Minibatch(x, y, x.length);

    for (int epoch = 0; epoch <= epochs; epoch++) {
      if (expected.containsKey(epoch)) {
        assertClose("epoch " + epoch, trainer.loss(all) / x.length, expected.get(epoch), 1e-4);
      }
      for (int i = 0; i < x.length; i++) {
        trainer.step(new Minibatch(new float[] {x[i]}, new float[] {y[i]}, 1));
      }
    }
  }

  private static void replayNonlinear(
      LocalStep localStep,
      String golden,
      Activation hidden,
      Activation output,
      IUpdater updater,
      int steps) {
    float[] x = Golden.column("nonlinear/data.csv", 0);
    float[] y = Golden.column("nonlinear/data.csv", 1);
    MultiLayerNetwork network = TutorialNetworks.nonlinear(hidden, output, updater, 1);
    LocalTrainer trainer = trainer(localStep, network, Golden.column("nonlinear/init.csv", 2));
    Map<Integer, Double> expected = Golden.losses("nonlinear/" + golden + "_loss.csv");
    Minibatch all = new Minibatch(x, y, x.length);

    for (int step = 0; step <= steps; step++) {
      double loss = trainer.step(all) / x.length;
      if (expected.containsKey(step)) {
        assertClose("%s step %d".formatted(localStep, step), loss, expected.get(step), 1e-4);
      }
    }
  }

  private static LocalTrainer trainer(LocalStep step, MultiLayerNetwork network, float[] start) {
    LocalTrainer trainer = LocalTrainers.create(NetworkDefinition.of(network), step, 1, 1);
    trainer.load(new ModelState(start, Dl4jLocalTrainer.stateOf(network).updaterState(), 0));
    return trainer;
  }

  private static float[] linearStart(String init) {
    return new float[] {Golden.column(init, 0)[0], Golden.column(init, 1)[0]};
  }

  private static String golden(Optimizer optimizer) {
    return optimizer == Optimizer.SGD ? "gd" : "adam";
  }

  private static void assertClose(
      String when, double found, double expected, double relativeTolerance) {
    assertThat(found).as(when).isCloseTo(expected, within(relativeTolerance * expected));
  }
}
