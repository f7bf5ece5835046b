package dev.lockstep.models.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.StabilisedCrossEntropy;
import dev.lockstep.models.TestNetworks;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.math.GradientReduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** The BLAS step against DL4J's on the same networks, parameters and minibatches. */
class BlasLocalTrainerTest {
  private static final double TOLERANCE = 1e-5;
  private static final int[][] WIDTHS = {{4, 3}, {7, 5, 3}, {33, 20, 9, 4}, {1, 10, 2}, {100, 10}};

  /** Minibatch sizes in the order in which they come, so that buffers grow and are then reused. */
  private static final int[] SIZES = {5, 1, 16, 7};

  /** One combination. */
  record Case(NetworkDefinition network, int inputs, int outputs, String name) {
    @Override
    public String toString() {
      return name;
    }

    LocalTrainer trainer(LocalStep step) {
      return LocalTrainers.create(network, step, outputs, inputs);
    }

    ModelState start() {
      return Dl4jLocalTrainer.stateOf(network.newNetwork());
    }

    Minibatch minibatch(int seed) {
      return TestNetworks.minibatch(new Random(seed), SIZES[seed % SIZES.length], inputs, outputs);
    }
  }

  private record Head(Activation activation, ILossFunction loss) {}

  private static final List<Head> HEADS =
      List.of(
          new Head(Activation.IDENTITY, new LossMSE()),
          new Head(Activation.TANH, new LossMSE()),
          new Head(Activation.SIGMOID, new LossMSE()),
          new Head(Activation.RELU, new LossMSE()),
          new Head(Activation.SOFTMAX, new LossMSE()),
          new Head(Activation.SOFTMAX, new LossMCXENT()),
          new Head(Activation.SIGMOID, new LossMCXENT()),
          new Head(Activation.SOFTMAX, new LossNegativeLogLikelihood()),
          new Head(Activation.SIGMOID, new LossBinaryXENT()),
          new Head(Activation.SOFTMAX, new StabilisedCrossEntropy()),
          new Head(Activation.SIGMOID, new StabilisedCrossEntropy()));

  private enum Regularised {
    NO,
    L2,
    WEIGHT_DECAY
  }

  /** All heads by updaters; regularisation, shapes, hidden activations and reductions in turn. */
  static List<Case> cases() {
    Activation[] hidden = {
      Activation.TANH, Activation.RELU, Activation.SIGMOID, Activation.SOFTMAX, Activation.IDENTITY
    };
    List<Case> cases = new ArrayList<>();
    for (int head = 0; head < HEADS.size(); head++) {
      for (IUpdater updater : List.of(new Sgd(0.05), new Nesterovs(0.02, 0.9), new Adam(0.01))) {
        int turn = cases.size();
        cases.add(
            of(
                HEADS.get(head),
                updater,
                Regularised.values()[(turn + head) % Regularised.values().length],
                hidden[head % hidden.length],
                GradientReduction.values()[turn % 2],
                WIDTHS[turn % WIDTHS.length]));
      }
    }
    return cases;
  }

  private static Case of(
      Head head,
      IUpdater updater,
      Regularised regularised,
      Activation hidden,
      GradientReduction reduction,
      int[] widths) {
    NeuralNetConfiguration.Builder common =
        new NeuralNetConfiguration.Builder()
            .updater(updater)
            .miniBatch(reduction == GradientReduction.MEAN);
    switch (regularised) {
      case L2 -> common.l2(0.01).l2Bias(0.02);
      case WEIGHT_DECAY -> common.weightDecay(0.01).weightDecayBias(0.002, false);
      case NO -> {}
    }
    return new Case(
        TestNetworks.dense(common, hidden, head.activation(), head.loss(), widths),
        widths[0],
        widths[widths.length - 1],
        "%s %s, %s, %s, hidden %s, %s, %s"
            .formatted(
                head.activation(),
                head.loss(),
                updater.getClass().getSimpleName(),
                regularised,
                hidden,
                reduction,
                Arrays.toString(widths)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equals_dl4j_after_100_steps(Case network) {
    LocalTrainer blas = network.trainer(LocalStep.BLAS);
    LocalTrainer dl4j = network.trainer(LocalStep.DL4J);
    blas.load(network.start());
    dl4j.load(network.start());

    for (int step = 0; step < 100; step++) {
      Minibatch minibatch = network.minibatch(step);
      double expected = dl4j.step(minibatch);
      assertThat(blas.step(minibatch))
          .as("loss of step %d", step)
          .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
    }

    assertSame(blas.state(), dl4j.state());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradient_loss_output_and_apply_equal_dl4j(Case network) {
    LocalTrainer blas = network.trainer(LocalStep.BLAS);
    LocalTrainer dl4j = network.trainer(LocalStep.DL4J);
    blas.load(network.start());
    dl4j.load(network.start());
    Minibatch minibatch = network.minibatch(3);
    int count = network.start().parameters().length;
    float[] found = new float[count];
    float[] expected = new float[count];

    double expectedLoss = dl4j.gradient(minibatch, expected);
    assertThat(blas.gradient(minibatch, found))
        .isCloseTo(expectedLoss, within(TOLERANCE * Math.max(1, Math.abs(expectedLoss))));
    assertSame("gradient", found, expected);
    assertThat(blas.loss(minibatch))
        .isCloseTo(dl4j.loss(minibatch), within(TOLERANCE * Math.max(1, Math.abs(expectedLoss))));
    assertSame("output", blas.output(minibatch), dl4j.output(minibatch));

    blas.apply(expected, 11);
    dl4j.apply(expected, 11);
    assertSame(blas.state(), dl4j.state());
  }

  private static void assertSame(ModelState found, ModelState expected) {
    assertThat(found.updates()).isEqualTo(expected.updates());
    int count = expected.parameters().length;
    assertSame("parameters", found.parameters(), expected.parameters());
    assertThat(found.updaterState()).hasSameSizeAs(expected.updaterState());
    // Adam's first and second moments differ in magnitude: compare each with its like.
    for (int from = 0; from < expected.updaterState().length; from += count) {
      assertSame(
          "moments",
          Arrays.copyOfRange(found.updaterState(), from, from + count),
          Arrays.copyOfRange(expected.updaterState(), from, from + count));
    }
  }

  /** Relative to each value, or to their root mean square where that is more. */
  private static void assertSame(String what, float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double squares = 0;
    for (float value : expected) {
      squares += (double) value * value;
    }
    double typical = Math.sqrt(squares / expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i])
          .as("%s[%d]", what, i)
          .isCloseTo(
              expected[i], within((float) (TOLERANCE * Math.max(typical, Math.abs(expected[i])))));
    }
  }

  @Test
  void the_same_steps_give_the_same_bits_whatever_the_trainer_did_before() {
    Case network =
        of(
            HEADS.get(5),
            new Adam(0.01),
            Regularised.L2,
            Activation.TANH,
            GradientReduction.MEAN,
            new int[] {784, 37, 10});
    LocalTrainer fresh = network.trainer(LocalStep.BLAS);
    LocalTrainer used = network.trainer(LocalStep.BLAS);
    used.load(network.start());
    used.step(TestNetworks.minibatch(new Random(9), 100, 784, 10));

    assertThat(trained(used, network)).isEqualTo(trained(fresh, network));
  }

  @Test
  void trainers_in_several_threads_do_not_disturb_each_other() {
    Case network = cases().get(7);
    ModelState alone = trained(network.trainer(LocalStep.BLAS), network);

    List<ModelState> together =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> trained(network.trainer(LocalStep.BLAS), network))
            .toList();

    assertThat(together).containsOnly(alone);
  }

  private static ModelState trained(LocalTrainer trainer, Case network) {
    trainer.load(network.start());
    for (int step = 0; step < 20; step++) {
      trainer.step(network.minibatch(step));
    }
    return trainer.state();
  }

  @Test
  void arrays_that_are_too_short_are_refused_before_native_code_sees_them() {
    Case network = cases().get(0);
    LocalTrainer trainer = network.trainer(LocalStep.BLAS);
    Minibatch whole = network.minibatch(0);
    Minibatch cut =
        new Minibatch(
            Arrays.copyOf(whole.features(), whole.features().length - 1),
            whole.labels(),
            whole.size());

    assertThatThrownBy(() -> trainer.step(cut)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> trainer.gradient(whole, new float[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> trainer.apply(new float[1], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 15 values, found 1");
  }

  @Test
  void gradient_then_apply_is_a_step_to_the_bit() {
    Case network = cases().get(8);
    LocalTrainer whole = network.trainer(LocalStep.BLAS);
    LocalTrainer inParts = network.trainer(LocalStep.BLAS);
    whole.load(network.start());
    inParts.load(network.start());
    float[] gradient = new float[network.start().parameters().length];
    Minibatch minibatch = network.minibatch(2);

    whole.step(minibatch);
    inParts.gradient(minibatch, gradient);
    inParts.apply(gradient, minibatch.size());

    assertThat(inParts.state()).isEqualTo(whole.state());
  }
}
