package dev.lockstep.models.onednn;

import static dev.lockstep.models.onednn.OneDnnNetworks.CLASSES;
import static dev.lockstep.models.onednn.OneDnnNetworks.common;
import static dev.lockstep.models.onednn.OneDnnNetworks.convolution;
import static dev.lockstep.models.onednn.OneDnnNetworks.graphs;
import static dev.lockstep.models.onednn.OneDnnNetworks.output;
import static dev.lockstep.models.onednn.OneDnnNetworks.part;
import static dev.lockstep.models.onednn.OneDnnNetworks.pictures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.SharedNetwork;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The oneDNN step against DL4J's on the same networks, parameters and minibatches. */
class OneDnnLocalTrainerTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "dev.lockstep.models.onednn.OneDnnNetworks#stacks",
    "dev.lockstep.models.onednn.OneDnnNetworks#graphs",
    "dev.lockstep.models.onednn.OneDnnNetworks#recurrent",
    "dev.lockstep.models.onednn.OneDnnNetworks#otherConvolutions",
    "dev.lockstep.models.onednn.OtherNetworks#all",
    "dev.lockstep.models.onednn.OtherNetworks#frozen",
    "dev.lockstep.models.onednn.SequenceNetworks#masked",
    "dev.lockstep.models.onednn.SequenceNetworks#numbers",
    "dev.lockstep.models.onednn.SequenceNetworks#plain",
    "dev.lockstep.models.onednn.SequenceNetworks#channelsLast",
    "dev.lockstep.models.onednn.OptionNetworks#ofPictures",
    "dev.lockstep.models.onednn.OptionNetworks#ofSequences",
    "dev.lockstep.models.onednn.OptionNetworks#channelsLast"
  })
  void trains_as_dl4j_does(OneDnnCase network) {
    network.trainsAsDl4jDoes(50);
  }

  /** Which DL4J is not able to differentiate without training it. */
  @Test
  void a_frozen_layer_stays_and_the_others_are_trained_as_dl4j_does() {
    pictures(
            "frozen",
            CNN2DFormat.NCHW,
            common()
                .updater(new RmsProp(new ExponentialSchedule(ScheduleType.ITERATION, 0.01, 0.9))),
            new OutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(0.5f, 1f, 2f)))
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            new FrozenLayer(convolution(l -> {})),
            convolution(l -> l.nOut(3)))
        .trainsAsDl4jDoes(50);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.lockstep.models.onednn.OneDnnNetworks#graphs")
  void differentiates_as_dl4j_does(OneDnnCase network) {
    network.differentiatesAsDl4jDoes();
  }

  @Test
  void reruns_and_other_threads_give_the_same_bits() {
    OneDnnCase network = graphs().get(0);
    ModelState alone = trained(network);

    assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> trained(network)).toList())
        .containsOnly(alone);
  }

  private static ModelState trained(OneDnnCase network) {
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    trainer.load(network.start());
    for (int step = 0; step < 12; step++) {
      trainer.step(network.minibatch(step));
    }
    ModelState state = trainer.state();
    trainer.close();
    return state;
  }

  @Test
  void gradient_then_apply_is_a_step_to_the_bit() {
    OneDnnCase network = graphs().get(0);
    LocalTrainer whole = network.trainer(LocalStep.ONEDNN);
    LocalTrainer inParts = network.trainer(LocalStep.ONEDNN);
    whole.load(network.start());
    inParts.load(network.start());
    float[] gradient = new float[network.start().parameters().length];
    Minibatch minibatch = network.minibatch(2);

    whole.step(minibatch);
    inParts.gradient(minibatch, gradient);
    inParts.apply(gradient, minibatch.size());

    assertThat(inParts.state()).isEqualTo(whole.state());
  }

  @Test
  void dropout_keeps_as_many_as_it_should_and_follows_from_the_seed() {
    double kept = 0.7;
    OneDnnCase network =
        pictures(
            "dropout",
            CNN2DFormat.NCHW,
            common().updater(new Sgd(1)).miniBatch(false),
            new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build(),
            new DenseLayer.Builder()
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .dropOut(kept)
                .build());
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    ModelState start = network.start();
    trainer.load(start);
    int size = 200;
    float[] ones = new float[size * network.layout().featureLength()];
    Arrays.fill(ones, 1);
    Minibatch minibatch = new Minibatch(ones, new float[size * CLASSES], size);
    float[] first = new float[start.parameters().length];
    float[] again = first.clone();
    float[] other = first.clone();

    trainer.seed(5);
    trainer.gradient(minibatch, first);
    trainer.gradient(minibatch, other);
    trainer.seed(5);
    trainer.gradient(minibatch, again);

    assertThat(again).isEqualTo(first).isNotEqualTo(other);
    // By each weight the gradient is the sum of 2/3 · output · mask; without dropout, all alike.
    LocalTrainer certain = network.trainer(LocalStep.ONEDNN);
    certain.load(start);
    float[] output = certain.output(minibatch);
    double found = 0;
    double expected = 0;
    for (int i = 0; i < CLASSES; i++) {
      found += first[first.length - CLASSES + i];
      expected += 2.0 / CLASSES * output[i] * size;
    }
    // The mean of 200 outputs; one of them deviates by what 84 masks of weights do.
    assertThat(found).isCloseTo(expected, within(0.2 * Math.abs(expected) + 20));
  }

  @Test
  void channels_are_dropped_whole() {
    OneDnnCase network =
        pictures(
            "dropout of channels",
            CNN2DFormat.NCHW,
            common(),
            new CnnLossLayer.Builder(LossFunction.L1).activation(Activation.IDENTITY).build(),
            convolution(
                l ->
                    l.kernelSize(1, 1)
                        .nOut(1)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .dropOut(new SpatialDropout(0.5))));
    int places = 7 * 6;
    LocalTrainer trainer =
        LocalTrainers.factory(
                network.network(),
                LocalStep.ONEDNN,
                new ExampleLayout(network.layout().features(), List.of(part(1, 7, 6))))
            .newTrainer();
    trainer.load(new ModelState(new float[] {1, 3}, new float[4], 0));
    float[] ones = new float[2 * places];
    Arrays.fill(ones, 1);
    Set<Double> means = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      trainer.seed(seed);
      Minibatch one = new Minibatch(ones, new float[places], 1);
      means.add(trainer.gradient(one, new float[2]) / places);
    }
    trainer.close();

    // Each channel, times its weight, is in all places or in none, and then twice what it was.
    assertThat(means).containsExactlyInAnyOrder(0.0, 2.0, 6.0, 8.0);
  }

  @Test
  void a_shared_network_gives_what_a_trainer_gives() {
    OneDnnCase network = graphs().get(0);
    ModelState start = network.start();
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    trainer.load(start);
    SharedNetwork shared =
        LocalTrainers.factory(network.network(), LocalStep.AUTO, network.layout())
            .newSharedNetwork(start.parameters());
    for (int seed = 0; seed < 8; seed++) {
      Minibatch minibatch = network.minibatch(seed);
      assertThat(shared.output(minibatch.features(), minibatch.size()))
          .isEqualTo(trainer.output(minibatch));
    }
  }

  @Test
  void native_memory_is_counted_and_released() {
    OneDnnCase network = graphs().get(0);
    ModelState start = network.start();
    long before = Scope.held();
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    trainer.load(start);
    // More sizes than are kept.
    for (int size = 1; size < 20; size++) {
      trainer.step(network.minibatch(new Random(1), size));
    }
    long held = Scope.held() - before;
    assertThat(held).isGreaterThan(4L * start.parameters().length).isLessThan(10_000_000);

    trainer.close();

    // Less, where what other tests have left was collected meanwhile.
    assertThat(Scope.held()).isLessThanOrEqualTo(before);
  }

  @Test
  void arrays_that_are_too_short_are_refused_before_native_code_sees_them() {
    OneDnnCase network = graphs().get(0);
    LocalTrainer trainer = network.trainer(LocalStep.ONEDNN);
    Minibatch whole = network.minibatch(0);
    Minibatch cut =
        new Minibatch(
            Arrays.copyOf(whole.features(), whole.features().length - 1),
            whole.labels(),
            whole.size());

    assertThatThrownBy(() -> trainer.step(cut)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> trainer.gradient(whole, new float[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
