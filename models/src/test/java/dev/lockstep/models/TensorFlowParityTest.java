package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
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
    float[] x = Golden.column("linear/data.csv", 0);
    float[] y = Golden.column("linear/data.csv", 1);
    LocalTrainer trainer =
        trainer(TutorialNetworks.linear(optimizer.updater(0.01), 1), "linear/init.csv", false);
    Map<Integer, Double> expected = Golden.losses("linear/" + golden(optimizer) + ".csv");
    Minibatch all = new Minibatch(x, y, x.length);

    for (int epoch = 0; epoch <= 1000; epoch++) {
      if (expected.containsKey(epoch)) {
        assertClose("epoch " + epoch, trainer.loss(all) / x.length, expected.get(epoch), 1e-4);
      }
      for (int i = 0; i < x.length; i++) {
        trainer.step(new Minibatch(new float[] {x[i]}, new float[] {y[i]}, 1));
      }
    }
  }

  @Tag("slow")
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
    replayNonlinear(name + "_gd", hidden, output, Optimizer.SGD.updater(0.1), 20_000);
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
    replayNonlinear(name + "_adam", hidden, output, Optimizer.ADAM.updater(0.01), 500);
  }

  private static void replayNonlinear(
      String golden, Activation hidden, Activation output, IUpdater updater, int steps) {
    float[] x = Golden.column("nonlinear/data.csv", 0);
    float[] y = Golden.column("nonlinear/data.csv", 1);
    LocalTrainer trainer =
        trainer(TutorialNetworks.nonlinear(hidden, output, updater, 1), "nonlinear/init.csv", true);
    Map<Integer, Double> expected = Golden.losses("nonlinear/" + golden + "_loss.csv");
    Minibatch all = new Minibatch(x, y, x.length);

    for (int step = 0; step <= steps; step++) {
      double loss = trainer.step(all) / x.length;
      if (expected.containsKey(step)) {
        assertClose("step " + step, loss, expected.get(step), 1e-4);
      }
    }
  }

  private static LocalTrainer trainer(MultiLayerNetwork network, String init, boolean byRow) {
    LocalTrainer trainer = new Dl4jLocalTrainer(network, 1, 1);
    ModelState fresh = trainer.state();
    trainer.load(
        new ModelState(
            byRow ? Golden.column(init, 2) : linearStart(init), fresh.updaterState(), 0));
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
