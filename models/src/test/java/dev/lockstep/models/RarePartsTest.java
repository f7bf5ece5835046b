package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.OwnParts.LogCosh;
import dev.lockstep.models.OwnParts.NoisyLoss;
import dev.lockstep.models.OwnParts.SignedSquare;
import dev.lockstep.models.OwnParts.TanhTwice;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.dl4j.LikelyExamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;

/** Losses and activations that are rare, or somebody's own, against DL4J's own training. */
class RarePartsTest {
  private static final int INPUTS = 6;
  private static final int HIDDEN = 5;
  private static final int STEPS = 50;
  private static final double TOLERANCE = 1e-4;

  /**
   * @param outputs of the network
   * @param labels how many values the labels have: 0 or 1
   */
  record Case(
      String name,
      IActivation hidden,
      ILossFunction loss,
      IActivation output,
      int outputs,
      int labels) {
    NetworkDefinition network() {
      return network(new DenseLayer.Builder().nIn(INPUTS).nOut(HIDDEN).activation(hidden).build());
    }

    NetworkDefinition network(Layer first) {
      return NetworkDefinition.of(
          new NeuralNetConfiguration.Builder()
              .seed(3)
              .updater(new Sgd(loss instanceof LossMixtureDensity ? 0.01 : 0.1))
              .list()
              .validateOutputLayerConfig(false)
              .layer(first)
              .layer(
                  new OutputLayer.Builder(loss)
                      .nIn(HIDDEN)
                      .nOut(outputs)
                      .activation(output)
                      .build())
              .build());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case loss(ILossFunction loss, IActivation output, int outputs, int labels) {
    String name = "%s of %d %s".formatted(loss.getClass().getSimpleName(), outputs, output);
    return new Case(name, new ActivationTanH(), loss, output, outputs, labels);
  }

  private static Case hidden(String name, IActivation hidden) {
    return new Case(name, hidden, new LossMSE(), new ActivationTanH(), 3, 3);
  }

  static List<Case> cases() {
    ILossFunction mixtures = LossMixtureDensity.builder().gaussians(2).labelWidth(3).build();
    List<Case> cases = new ArrayList<>();
    cases.add(loss(new LossFMeasure(), new ActivationSigmoid(), 1, 1));
    cases.add(loss(new LossFMeasure(2), new ActivationSoftmax(), 2, 2));
    cases.add(loss(mixtures, new ActivationIdentity(), 10, 3));
    INDArray weights = Nd4j.createFromArray(0.5f, 1, 2).reshape(1, 3);
    cases.add(loss(new LossBinaryXENT(weights), new ActivationSoftmax(), 3, 3));
    cases.add(loss(new LogCosh(), new ActivationTanH(), 3, 3));
    cases.add(loss(new LogCosh(), new SignedSquare(), 3, 3));
    cases.add(loss(new LossMSE(), new SignedSquare(), 3, 3));
    cases.add(hidden("somebody's own", new SignedSquare()));
    cases.add(hidden("somebody's own, derived from tanh", new TanhTwice()));
    cases.add(hidden("ELU", new ActivationELU(2)));
    cases.add(hidden("ReLU up to 0", new ActivationReLU(0.0, null, 0.2)));
    cases.add(hidden("ReLU up to less than 0", new ActivationReLU(-0.3, null, 0.4)));
    cases.add(hidden("ReLU up to less than 0, a threshold", new ActivationReLU(-0.1, 0.2, 0.4)));
    cases.add(hidden("ReLU with one slope", new ActivationRReLU(0.2, 0.2)));
    return cases;
  }

  private static Minibatch minibatch(Case of, int size, Random random) {
    float[] features = new float[size * INPUTS];
    for (int i = 0; i < features.length; i++) {
      features[i] = 2 * random.nextFloat() - 1;
    }
    float[] labels = new float[size * of.labels()];
    for (int row = 0; row < size; row++) {
      if (of.labels() == 1) {
        labels[row] = random.nextInt(2);
      } else {
        labels[row * of.labels() + random.nextInt(of.labels())] = 1;
      }
    }
    return new Minibatch(features, labels, size);
  }

  private static LocalTrainer trainer(NetworkDefinition network, LocalStep step, int labels) {
    LocalTrainer trainer =
        LocalTrainers.factory(network, step, ExampleLayout.of(labels, INPUTS)).newTrainer();
    trainer.load(Dl4jLocalTrainer.stateOf(network.newNetwork()));
    return trainer;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trains_as_dl4j_does(Case each) {
    LocalTrainer dl4j = trainer(each.network(), LocalStep.DL4J, each.labels());
    List<LocalTrainer> ours =
        Stream.of(LocalStep.BLAS, LocalStep.ONEDNN)
            .map(step -> trainer(each.network(), step, each.labels()))
            .toList();
    Random random = new Random(5);
    for (int step = 0; step < STEPS; step++) {
      Minibatch minibatch = minibatch(each, 4 + step % 3, random);
      double expected = dl4j.step(minibatch);
      for (LocalTrainer trainer : ours) {
        assertThat(trainer.step(minibatch))
            .as("loss of step %d", step)
            .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
      }
    }
    Minibatch last = minibatch(each, 3, random);
    for (LocalTrainer trainer : ours) {
      assertSame("parameters", trainer.state().parameters(), dl4j.state().parameters());
      assertSame("output", trainer.output(last), dl4j.output(last));
      assertThat(trainer.loss(last)).as("loss").isCloseTo(dl4j.loss(last), within(TOLERANCE));
      trainer.close();
    }
  }

  /** Relative to each value, or to their root mean square where that is more. */
  private static void assertSame(String what, float[] found, float[] expected) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    double squares = 0;
    for (float value : expected) {
      squares += (double) value * value;
    }
    double typical = Math.sqrt(squares / expected.length);
    for (int i = 0; i < expected.length; i++) {
      double allowed = TOLERANCE * Math.max(typical, Math.abs(expected[i]));
      assertThat((double) found[i]).as("%s[%d]", what, i).isCloseTo(expected[i], within(allowed));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BLAS", "ONEDNN", "DL4J"})
  void to_somebodys_own_loss_an_example_of_weight_2_is_as_good_as_two(LocalStep step) {
    Case own = loss(new LogCosh(), new SignedSquare(), 3, 3);
    Minibatch three = minibatch(own, 3, new Random(1));
    float[] features = Arrays.copyOf(three.features(), 3 * INPUTS);
    System.arraycopy(features, 0, features, INPUTS, INPUTS);
    float[] labels = three.labels().clone();
    System.arraycopy(labels, 0, labels, 3, 3);
    Minibatch repeated = new Minibatch(features, labels, 3);
    float[] weights = {2, 0, 1};
    Minibatch weighed = new Minibatch(three.features(), three.labels(), weights, 3);
    LocalTrainer one = trainer(own.network(), step, 3);
    LocalTrainer other = trainer(own.network(), step, 3);
    float[] found = new float[one.state().parameters().length];
    float[] expected = new float[found.length];

    assertThat(one.gradient(weighed, found))
        .isCloseTo(other.gradient(repeated, expected), within(1e-5));

    assertSame("gradient", found, expected);
  }

  @Test
  void a_loss_of_a_minibatch_as_a_whole_has_no_weights() {
    Case measure = cases().get(0);
    Minibatch plain = minibatch(measure, 2, new Random(1));
    Minibatch weighed =
        new Minibatch(plain.features(), plain.labels(), new float[] {2, 1}, plain.size());

    assertThatThrownBy(() -> trainer(measure.network(), LocalStep.AUTO, 1).step(weighed))
        .isInstanceOf(ModelError.class)
        .hasMessage(
            "LossFMeasure: Cannot compute score array for FMeasure loss function: loss is only"
                + " defined for minibatches");
  }

  @Test
  void what_is_no_function_is_left_to_dl4j_and_so_is_what_fails() {
    Case noisy = loss(new NoisyLoss(), new ActivationTanH(), 3, 3);
    TrainerFactory factory =
        LocalTrainers.factory(noisy.network(), LocalStep.AUTO, ExampleLayout.of(3, INPUTS));

    assertThat(factory.step()).isEqualTo(LocalStep.DL4J);
    assertThat(factory.reason())
        .hasValue("layer 1 (OutputLayer): loss NoisyLoss that gives something else each time");
    assertThatThrownBy(
            () ->
                trainer(
                    loss(new LossFMeasure(), new ActivationTanH(), 3, 3).network(),
                    LocalStep.AUTO,
                    3))
        .isInstanceOf(ModelError.class)
        .hasMessage(
            "DL4J is not able to train this network: For binary classification: expect output size"
                + " of 1 or 2. Got: 3");
  }

  @Test
  void mixtures_are_not_compared_with_labels_and_take_those_of_their_width_only() {
    NetworkDefinition mixtures = cases().get(2).network();

    assertThatThrownBy(() -> LocalTrainers.create(mixtures, LocalStep.AUTO, 3, INPUTS))
        .isInstanceOf(ModelError.class)
        .hasMessage(
            "layer 1 (OutputLayer): its 10 outputs cannot be evaluated against labels of 3 values:"
                + " train it on DataSets");
    assertThatThrownBy(() -> LocalTrainers.create(mixtures, LocalStep.AUTO, 10, INPUTS))
        .isInstanceOf(ModelError.class)
        .hasMessage("layer 1 (OutputLayer): expected labels of 3 values, found 10");
    assertThat(LikelyExamples.trainers(mixtures))
        .hasValueSatisfying(likely -> assertThat(likely.step()).isEqualTo(LocalStep.BLAS));
  }

  @ParameterizedTest
  @EnumSource(names = {"BLAS", "ONEDNN"})
  void threads_share_somebodys_own_parts(LocalStep step) {
    Case own = new Case("", new SignedSquare(), new LogCosh(), new TanhTwice(), 3, 3);
    TrainerFactory factory =
        LocalTrainers.factory(own.network(), step, ExampleLayout.of(3, INPUTS));
    ModelState start = Dl4jLocalTrainer.stateOf(own.network().newNetwork());

    List<ModelState> states =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(thread -> trained(factory.newTrainer(), start, 0, own))
            .toList();

    assertThat(states).containsOnly(states.get(0)).doesNotContain(start);
  }

  private static ModelState trained(LocalTrainer trainer, ModelState start, long seed, Case of) {
    trainer.load(start);
    trainer.seed(seed);
    Random random = new Random(2);
    for (int i = 0; i < 5; i++) {
      trainer.step(minibatch(of, 4, random));
    }
    ModelState state = trainer.state();
    trainer.close();
    return state;
  }

  @ParameterizedTest
  @EnumSource(names = {"BLAS", "ONEDNN"})
  void random_slopes_follow_from_the_seed_and_are_of_training_alone(LocalStep step) {
    Case each = hidden("", new ActivationRReLU(0.1, 0.9));
    NetworkDefinition network = each.network();
    ModelState start = Dl4jLocalTrainer.stateOf(network.newNetwork());
    ModelState first = trained(trainer(network, step, 3), start, 4, each);

    assertThat(trained(trainer(network, step, 3), start, 4, each)).isEqualTo(first);
    assertThat(trained(trainer(network, step, 3), start, 5, each)).isNotEqualTo(first);
    Minibatch minibatch = minibatch(each, 4, new Random(1));
    assertSame(
        "output",
        trainer(network, step, 3).output(minibatch),
        trainer(network, LocalStep.DL4J, 3).output(minibatch));
    NetworkDefinition frozen =
        each.network(
            new FrozenLayer(
                new DenseLayer.Builder()
                    .nIn(INPUTS)
                    .nOut(HIDDEN)
                    .activation(each.hidden())
                    .build()));
    assertThat(trained(trainer(frozen, step, 3), start, 4, each))
        .isEqualTo(trained(trainer(frozen, step, 3), start, 5, each));
  }
}
