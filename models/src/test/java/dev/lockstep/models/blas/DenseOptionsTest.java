package dev.lockstep.models.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.MinMaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.SigmoidSchedule;
import org.nd4j.linalg.schedule.StepSchedule;

/** Whatever DL4J's configuration asks of dense layers, against DL4J's own training of it. */
class DenseOptionsTest {
  private static final int INPUTS = 6;
  private static final int HIDDEN = 5;
  private static final int OUTPUTS = 3;
  private static final int STEPS = 50;
  private static final int STEPS_AN_EPOCH = 10;
  private static final double TOLERANCE = 1e-4;

  private enum Labels {
    CLASSES,
    CLASS_NUMBERS,
    SIGNS,
    POSITIVE
  }

  record Case(String name, NetworkDefinition network, Labels labels) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A network to be changed by each case. */
  private static final class Recipe {
    final NeuralNetConfiguration.Builder common =
        new NeuralNetConfiguration.Builder().seed(3).updater(new Sgd(0.1));
    final DenseLayer.Builder hidden =
        new DenseLayer.Builder().nIn(INPUTS).nOut(HIDDEN).activation(Activation.TANH);
    IActivation output = Activation.SIGMOID.getActivationFunction();
    ILossFunction loss = new LossMSE();
    Labels labels = Labels.POSITIVE;
    boolean frozen;

    Case build(String name) {
      NeuralNetConfiguration.ListBuilder layers = common.list().validateOutputLayerConfig(false);
      DenseLayer first = hidden.build();
      DenseLayer second = new DenseLayer.Builder().nIn(HIDDEN).nOut(HIDDEN).build();
      layers.layer(frozen ? new FrozenLayer(first) : first).layer(second);
      layers.layer(
          new OutputLayer.Builder(loss).nIn(HIDDEN).nOut(OUTPUTS).activation(output).build());
      return new Case(name, NetworkDefinition.of(layers.build()), labels);
    }
  }

  private static final List<Case> CASES = new ArrayList<>();

  private static void add(String name, Consumer<Recipe> change) {
    Recipe recipe = new Recipe();
    change.accept(recipe);
    CASES.add(recipe.build(name));
  }

  static List<Case> cases() {
    if (CASES.isEmpty()) {
      updaters();
      schedules();
      options();
      losses();
      activations();
    }
    return CASES;
  }

  private static void updaters() {
    List<IUpdater> updaters =
        List.of(
            new Sgd(0.1),
            new NoOp(),
            new Nesterovs(0.05, 0.8),
            new Adam(0.01, 0.8, 0.99, 1e-6),
            new AMSGrad(0.01),
            new AdaMax(0.01),
            new Nadam(0.01),
            new RmsProp(0.01),
            new AdaGrad(0.05, 1e-4),
            new AdaDelta(0.9, 1e-5));
    for (IUpdater updater : updaters) {
      if (!(updater instanceof NoOp)) {
        add("updater " + updater, r -> r.common.updater(updater));
      }
      add(
          "hidden layer by " + updater,
          r -> {
            r.common.updater(new Adam(0.01));
            r.hidden.updater(updater);
          });
    }
    add("biases by another updater", r -> r.common.updater(new Adam(0.01)).biasUpdater(new Sgd(1)));
    add("a layer's own rate", r -> r.hidden.updater(new Sgd(0.5)));
  }

  private static void schedules() {
    for (ScheduleType type : ScheduleType.values()) {
      List<ISchedule> schedules =
          List.of(
              new StepSchedule(type, 0.1, 0.5, 2),
              new ExponentialSchedule(type, 0.1, 0.9),
              new InverseSchedule(type, 0.1, 0.5, 2),
              new PolySchedule(type, 0.1, 2, 30),
              new SigmoidSchedule(type, 0.1, 0.5, 3),
              new MapSchedule(type, Map.of(0, 0.1, 2, 0.2, 7, 0.05)),
              new CycleSchedule(type, 0.2, 8));
      for (ISchedule schedule : schedules) {
        add("rate by " + schedule, r -> r.common.updater(new Adam(schedule)));
      }
    }
    ISchedule falling = new ExponentialSchedule(ScheduleType.ITERATION, 0.9, 0.98);
    add("momentum by schedule", r -> r.common.updater(new Nesterovs(0.05, falling)));
    add("L2 by schedule", r -> r.common.regularization(List.of(new L2Regularization(falling))));
    add(
        "decay by schedule",
        r ->
            r.common
                .updater(new Sgd(falling))
                .regularization(List.of(new WeightDecay(falling, true))));
  }

  private static void options() {
    for (GradientNormalization kind : GradientNormalization.values()) {
      add(
          "gradients " + kind,
          r -> r.common.gradientNormalization(kind).gradientNormalizationThreshold(0.05).l2(0.01));
    }
    add("sum over the minibatch", r -> r.common.miniBatch(false).updater(new Sgd(0.01)));
    add("L1", r -> r.common.l1(0.01).l1Bias(0.02));
    add("L1 and L2", r -> r.common.l1(0.01).l2(0.1));
    add("weight decay", r -> r.common.weightDecay(0.1).weightDecayBias(0.01, false));
    add("weight decay with AdaDelta", r -> r.common.updater(new AdaDelta()).weightDecay(0.01));
    add("no bias", r -> r.hidden.hasBias(false));
    add(
        "a frozen layer",
        r -> {
          r.common.updater(new Adam(0.01)).l2(0.1);
          r.frozen = true;
        });
    add("MaxNorm", r -> r.common.constrainWeights(new MaxNormConstraint(0.5, 0)));
    add("MaxNorm of outputs", r -> r.common.constrainWeights(new MaxNormConstraint(0.5, 1)));
    add("MinMaxNorm", r -> r.common.constrainWeights(new MinMaxNormConstraint(0.3, 0.6, 0)));
    add(
        "MinMaxNorm at a rate",
        r -> r.hidden.constrainWeights(new MinMaxNormConstraint(0.3, 0.6, 0.9, 0)));
    add("UnitNorm", r -> r.hidden.constrainWeights(new UnitNormConstraint(0)));
    add("NonNegative", r -> r.common.constrainAllParameters(new NonNegativeConstraint()));
  }

  private static void loss(ILossFunction loss, Activation output, Labels labels, String weighted) {
    add(
        "%s%s of %s".formatted(loss.getClass().getSimpleName(), weighted, output),
        r -> {
          r.loss = loss;
          r.output = output.getActivationFunction();
          r.labels = labels;
          // Small steps, as a sign that flips on rounding would lead elsewhere.
          r.common.updater(new Sgd(loss instanceof LossMAPE ? 0.001 : 0.1));
        });
  }

  private static void losses() {
    var weights = Nd4j.createFromArray(0.5f, 1, 2).reshape(1, 3);
    loss(new LossMSE(weights), Activation.TANH, Labels.POSITIVE, " weighted");
    loss(new LossL2(), Activation.IDENTITY, Labels.POSITIVE, "");
    loss(new LossL2(weights), Activation.SOFTMAX, Labels.POSITIVE, " weighted");
    loss(new LossMAE(), Activation.SIGMOID, Labels.POSITIVE, "");
    loss(new LossL1(), Activation.SIGMOID, Labels.POSITIVE, "");
    loss(new LossMAPE(), Activation.SIGMOID, Labels.POSITIVE, "");
    loss(new LossMSLE(), Activation.SIGMOID, Labels.POSITIVE, "");
    loss(new LossMCXENT(weights), Activation.SOFTMAX, Labels.CLASSES, " weighted");
    loss(new LossMCXENT(weights), Activation.SIGMOID, Labels.CLASSES, " weighted");
    loss(new LossSparseMCXENT(), Activation.SOFTMAX, Labels.CLASS_NUMBERS, "");
    loss(new LossSparseMCXENT(weights), Activation.SOFTMAX, Labels.CLASS_NUMBERS, " weighted");
    loss(new LossBinaryXENT(weights), Activation.SIGMOID, Labels.POSITIVE, " weighted");
    loss(new LossHinge(), Activation.TANH, Labels.SIGNS, "");
    loss(new LossSquaredHinge(), Activation.TANH, Labels.SIGNS, "");
    loss(new LossKLD(), Activation.SOFTMAX, Labels.POSITIVE, "");
    loss(new LossPoisson(), Activation.SOFTPLUS, Labels.POSITIVE, "");
    loss(new LossCosineProximity(), Activation.TANH, Labels.POSITIVE, "");
    loss(new LossWasserstein(), Activation.TANH, Labels.SIGNS, "");
    loss(new LossMultiLabel(), Activation.TANH, Labels.CLASSES, "");
  }

  private static void activations() {
    List<IActivation> activations = new ArrayList<>();
    for (Activation kind : Activation.values()) {
      if (kind != Activation.RRELU) {
        activations.add(kind.getActivationFunction());
      }
    }
    activations.add(new ActivationLReLU(0.3));
    activations.add(new ActivationReLU(0.5, null, null));
    activations.add(new ActivationReLU(0.8, 0.2, 0.1));
    activations.add(new ActivationReLU(null, null, 0.2));
    activations.add(new ActivationThresholdedReLU(0.2));
    activations.add(new ActivationGELU(true));
    for (IActivation activation : activations) {
      add("hidden " + name(activation), r -> r.hidden.activation(activation));
      add("output " + name(activation), r -> r.output = activation);
    }
  }

  private static String name(IActivation activation) {
    return activation instanceof ActivationReLU relu
        ? "relu of %s, %s, %s"
            .formatted(relu.getMax(), relu.getThreshold(), relu.getNegativeSlope())
        : activation.toString();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trains_as_dl4j_does(Case option) {
    int labelLength = option.labels() == Labels.CLASS_NUMBERS ? 1 : OUTPUTS;
    LocalTrainer dl4j = new Dl4jLocalTrainer(option.network().newNetwork(), labelLength, INPUTS);
    ExampleLayout layout = ExampleLayout.of(labelLength, INPUTS);
    List<LocalTrainer> ours =
        Stream.of(LocalStep.BLAS, LocalStep.ONEDNN)
            .map(step -> LocalTrainers.factory(option.network(), step, layout).newTrainer())
            .toList();
    ModelState start = Dl4jLocalTrainer.stateOf(option.network().newNetwork());
    ours.forEach(trainer -> trainer.load(start));
    dl4j.load(start);
    Random random = new Random(5);
    for (int step = 0; step < STEPS; step++) {
      dl4j.epoch(step / STEPS_AN_EPOCH);
      Minibatch minibatch = minibatch(option.labels(), 4 + step % 3, random);
      double expected = dl4j.step(minibatch);
      for (LocalTrainer trainer : ours) {
        trainer.epoch(step / STEPS_AN_EPOCH);
        assertThat(trainer.step(minibatch))
            .as("loss of step %d", step)
            .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
      }
    }
    for (LocalTrainer trainer : ours) {
      assertSame("parameters", trainer.state().parameters(), dl4j.state().parameters());
      assertSame("moments", trainer.state().updaterState(), dl4j.state().updaterState());
      trainer.close();
    }
  }

  @Test
  void class_numbers_and_one_hot_classes_train_alike() {
    Recipe recipe = new Recipe();
    recipe.loss = new LossSparseMCXENT();
    recipe.output = Activation.SOFTMAX.getActivationFunction();
    NetworkDefinition network = recipe.build("sparse").network();
    ModelState start = Dl4jLocalTrainer.stateOf(network.newNetwork());
    LocalTrainer numbers = LocalTrainers.create(network, LocalStep.BLAS, 1, INPUTS);
    LocalTrainer oneHot = LocalTrainers.create(network, LocalStep.BLAS, OUTPUTS, INPUTS);
    List.of(numbers, oneHot).forEach(trainer -> trainer.load(start));
    float[] features = minibatch(Labels.POSITIVE, 2, new Random(1)).features();
    numbers.step(new Minibatch(features, new float[] {2, 0}, 2));
    oneHot.step(new Minibatch(features, new float[] {0, 0, 1, 1, 0, 0}, 2));
    assertThat(numbers.state()).isEqualTo(oneHot.state()).isNotEqualTo(start);
    assertThatThrownBy(() -> numbers.step(new Minibatch(features, new float[] {2, 3}, 2)))
        .isInstanceOf(ModelError.class)
        .hasMessage("the label 3.0 is no class: expected a whole number from 0 to 2");
  }

  @Test
  void dropout_is_of_training_alone_and_the_same_for_the_same_seed() {
    Recipe recipe = new Recipe();
    recipe.common.dropOut(0.6);
    NetworkDefinition network = recipe.build("dropout").network();
    ModelState start = Dl4jLocalTrainer.stateOf(network.newNetwork());
    Minibatch minibatch = minibatch(Labels.POSITIVE, 8, new Random(1));
    LocalTrainer trainer = LocalTrainers.create(network, LocalStep.BLAS, OUTPUTS, INPUTS);
    ModelState first = trained(trainer, start, 4, minibatch);
    assertThat(trained(trainer, start, 4, minibatch)).isEqualTo(first);
    assertThat(trained(trainer, start, 5, minibatch)).isNotEqualTo(first);
    trainer.load(start);
    assertThat(trainer.loss(minibatch)).isEqualTo(trainer.loss(minibatch));
    LocalTrainer dl4j = new Dl4jLocalTrainer(network.newNetwork(), OUTPUTS, INPUTS);
    assertThat(trainer.loss(minibatch)).isCloseTo(dl4j.loss(minibatch), within(1e-4));
  }

  private static ModelState trained(
      LocalTrainer trainer, ModelState start, long seed, Minibatch minibatch) {
    trainer.load(start);
    trainer.seed(seed);
    trainer.step(minibatch);
    trainer.step(minibatch);
    return trainer.state();
  }

  private static Minibatch minibatch(Labels kind, int size, Random random) {
    float[] features = new float[size * INPUTS];
    for (int i = 0; i < features.length; i++) {
      features[i] = 2 * random.nextFloat() - 1;
    }
    float[] labels = new float[size * (kind == Labels.CLASS_NUMBERS ? 1 : OUTPUTS)];
    for (int row = 0; row < size; row++) {
      int number = random.nextInt(OUTPUTS);
      switch (kind) {
        case CLASS_NUMBERS -> labels[row] = number;
        case CLASSES -> labels[row * OUTPUTS + number] = 1;
        default -> {
          for (int i = row * OUTPUTS; i < (row + 1) * OUTPUTS; i++) {
            float value = 0.1f + 0.8f * random.nextFloat();
            labels[i] = kind == Labels.SIGNS ? Math.signum(value - 0.5f) : value;
          }
        }
      }
    }
    return new Minibatch(features, labels, size);
  }

  /** Relative to each value, or to their root mean square where that is more. */
  private static void assertSame(String what, float[] found, float[] expected) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    double squares = 0;
    for (float value : expected) {
      squares += (double) value * value;
    }
    double typical = Math.sqrt(squares / Math.max(1, expected.length));
    for (int i = 0; i < expected.length; i++) {
      double allowed = TOLERANCE * Math.max(typical, Math.abs(expected[i]));
      assertThat((double) found[i]).as("%s[%d]", what, i).isCloseTo(expected[i], within(allowed));
    }
  }
}
