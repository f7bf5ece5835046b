package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Schema;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.math.GradientReduction;
import dev.lockstep.models.network.TutorialNetworks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** However a batch is split over workers, some of them empty, it trains as one large batch. */
class LargeBatchProperties {
  private static final int STEPS = 3;
  private static final int INPUTS = 4;
  private static final int CLASSES = 3;
  private static final Schema SCHEMA =
      Schema.classification(List.of(INPUTS), Schema.FeatureType.FLOAT32, Schema.numbered(CLASSES));

  /** A batch over workers: how many of its examples each has. */
  record Split(List<Integer> sizes, long seed) {
    int examples() {
      return sizes.stream().mapToInt(Integer::intValue).sum();
    }
  }

  @Provide
  Arbitrary<Split> splits() {
    Arbitrary<List<Integer>> sizes =
        Arbitraries.integers()
            .between(0, 9)
            .list()
            .ofMinSize(1)
            .ofMaxSize(8)
            .filter(list -> list.stream().anyMatch(size -> size > 0));
    return net.jqwik.api.Combinators.combine(sizes, Arbitraries.longs()).as(Split::new);
  }

  @Provide
  Arbitrary<IUpdater> updaters() {
    return Arbitraries.of(new Sgd(0.1), new Nesterovs(0.1, 0.9), new Adam(0.01));
  }

  @Provide
  Arbitrary<IUpdater> descent() {
    return Arbitraries.of(new Sgd(0.01), new Nesterovs(0.01, 0.9));
  }

  @Property(tries = 60)
  void parameters_averaged_after_every_step_of_sgd(@ForAll("splits") Split split) {
    TrainerFactory trainers = trainers(new Sgd(0.1), LocalStep.AUTO);
    ModelState start = start(new Sgd(0.1), split.seed());
    ModelState state =
        train(trainers, split, start, new ParameterAveraging(1, OuterOptimizer.NONE));

    expectLargeBatch(trainers, split, start, state);
  }

  @Property(tries = 120)
  void gradients_averaged_at_every_step_of_any_updater(
      @ForAll("splits") Split split,
      @ForAll("updaters") IUpdater updater,
      @ForAll boolean throughDl4j) {
    LocalStep step = throughDl4j ? LocalStep.DL4J : LocalStep.BLAS;
    TrainerFactory trainers = trainers(updater, step);
    ModelState start = start(updater, split.seed());
    ModelState state = train(trainers, split, start, new GradientAveraging());

    expectLargeBatch(trainers, split, start, state);
  }

  @Property(tries = 60)
  void gradients_of_a_sum_before_post_local_sgd_step_as_parameters_averaged_after_every_step(
      @ForAll @IntRange(min = 1, max = 6) int workers,
      @ForAll @IntRange(min = 1, max = 9) int each,
      @ForAll long seed,
      @ForAll("descent") IUpdater updater,
      @ForAll boolean throughDl4j) {
    Split split = new Split(Collections.nCopies(workers, each), seed);
    MultiLayerNetwork sums = TutorialNetworks.softmax(INPUTS, CLASSES, updater, seed);
    LocalStep step = throughDl4j ? LocalStep.DL4J : LocalStep.BLAS;
    TrainingJob job = job(trainers(sums, step), split, schedule(split), GradientReduction.SUM);
    ModelState start = Dl4jLocalTrainer.stateOf(sums);

    ModelState gradients =
        train(job, split, start, new PostLocal(STEPS, ParameterAveraging.every(9)));
    ModelState parameters = train(job, split, start, ParameterAveraging.every(1));

    assertThat(gradients.parameters())
        .containsExactly(parameters.parameters(), Offset.offset(1e-5f))
        .isNotEqualTo(start.parameters());
  }

  @Property(tries = 60)
  void gradients_of_several_minibatches_accumulated_to_one_step(
      @ForAll("splits") Split split,
      @ForAll("updaters") IUpdater updater,
      @ForAll @IntRange(min = 2, max = 5) int accumulated,
      @ForAll boolean throughDl4j) {
    TrainerFactory trainers = trainers(updater, throughDl4j ? LocalStep.DL4J : LocalStep.BLAS);
    ModelState start = start(updater, split.seed());
    int size = split.sizes().get(0) + 1;
    Split own = new Split(List.of(size * accumulated + 1), split.seed());
    ParameterAveraging averaging = ParameterAveraging.every(2);

    ModelState parts = train(job(trainers, own, size, accumulated), own, start, averaging);
    ModelState whole = train(job(trainers, own, size * accumulated, 1), own, start, averaging);

    assertThat(parts.updates()).isEqualTo(whole.updates());
    assertThat(parts.parameters()).containsExactly(whole.parameters(), Offset.offset(1e-5f));
    assertThat(parts.updaterState()).containsExactly(whole.updaterState(), Offset.offset(1e-5f));
  }

  private static TrainingJob job(
      TrainerFactory trainers, Split split, int minibatch, int accumulated) {
    int[] sizes = split.sizes().stream().mapToInt(Integer::intValue).toArray();
    Schedule schedule =
        new Schedule(
            sizes, minibatch, accumulated, EpochEnd.RUN_ON, new TrainingLength.Epochs(STEPS));
    return job(trainers, split, schedule, GradientReduction.MEAN);
  }

  private static TrainingJob job(
      TrainerFactory trainers, Split split, Schedule schedule, GradientReduction reduction) {
    return new TrainingJob(
        UUID.randomUUID().toString(),
        trainers,
        schedule,
        Ordering.AS_STORED,
        split.seed(),
        Augmentation.NONE,
        LearningRates.CONSTANT,
        WeightsAverage.NONE,
        TrainedParameters.ALL,
        reduction);
  }

  private static ModelState train(
      TrainerFactory trainers, Split split, ModelState start, Averaging averaging) {
    return train(job(trainers, split), split, start, averaging);
  }

  private static ModelState train(
      TrainingJob job, Split split, ModelState start, Averaging averaging) {
    List<Worker> workers = workers(job, split);
    ModelState state = start;
    for (long slot = 0; slot < job.schedule().slots(); ) {
      long end = Math.min(averaging.nextAgreement(slot), job.schedule().slots());
      Segment round = new Segment(slot, end);
      List<Contribution> contributions = new ArrayList<>();
      for (Worker worker : workers) {
        contributions.add(averaging.train(worker, state, round));
      }
      state = averaging.agree(job, state, round, Contribution.combine(contributions));
      slot = end;
    }
    return state;
  }

  private static void expectLargeBatch(
      TrainerFactory trainers, Split split, ModelState start, ModelState found) {
    Split whole = new Split(List.of(split.examples()), split.seed());
    Worker one = workers(job(trainers, whole), whole).get(0);
    ModelState expected = one.train(start, new Segment(0, STEPS)).state();

    assertThat(found.updates()).isEqualTo(expected.updates()).isEqualTo(STEPS);
    assertThat(found.parameters()).containsExactly(expected.parameters(), Offset.offset(1e-5f));
    assertThat(found.updaterState()).containsExactly(expected.updaterState(), Offset.offset(1e-5f));
  }

  private static TrainingJob job(TrainerFactory trainers, Split split) {
    return job(trainers, split, schedule(split), GradientReduction.MEAN);
  }

  /** Each worker has its part of the batch as one minibatch. */
  private static Schedule schedule(Split split) {
    int[] sizes = split.sizes().stream().mapToInt(Integer::intValue).toArray();
    return new Schedule(
        sizes, split.examples(), EpochEnd.REMAINDER, new TrainingLength.Epochs(STEPS));
  }

  private static List<Worker> workers(TrainingJob job, Split split) {
    List<Example> examples = examples(split);
    List<Worker> workers = new ArrayList<>();
    int from = 0;
    for (int number = 0; number < split.sizes().size(); number++) {
      int to = from + split.sizes().get(number);
      Examples block = ExampleBlock.of(SCHEMA, examples.subList(from, to).iterator());
      workers.add(new Worker(job, number, block));
      from = to;
    }
    return workers;
  }

  private static List<Example> examples(Split split) {
    Random random = new Random(split.seed());
    return IntStream.range(0, split.examples())
        .mapToObj(
            id -> {
              float[] features = new float[INPUTS];
              for (int i = 0; i < INPUTS; i++) {
                features[i] = (float) random.nextGaussian();
              }
              return Example.point(id, features, random.nextInt(CLASSES));
            })
        .toList();
  }

  private static ModelState start(IUpdater updater, long seed) {
    return Dl4jLocalTrainer.stateOf(network(updater, seed));
  }

  private static TrainerFactory trainers(IUpdater updater, LocalStep step) {
    return trainers(network(updater, 1), step);
  }

  private static TrainerFactory trainers(MultiLayerNetwork network, LocalStep step) {
    return LocalTrainers.factory(NetworkDefinition.of(network), step, CLASSES, INPUTS);
  }

  private static MultiLayerNetwork network(IUpdater updater, long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(updater)
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }
}
