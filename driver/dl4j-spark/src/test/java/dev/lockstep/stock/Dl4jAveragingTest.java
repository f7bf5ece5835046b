package dev.lockstep.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.Averaging;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.JobPerRound;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Segment;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.Supervision;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.strategy.UpdaterState;
import dev.lockstep.strategy.WholeEpochs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class Dl4jAveragingTest {
  private static final Schema SCHEMA = Schema.regression(4, 3);
  private static final int WORKERS = 2;
  private static final int BATCH = 8;
  private static final int PERIOD = 3;

  /**
   * As many examples as it trains between two averages: then it loses none, and deals none anew.
   */
  private static final int RIGHT = WORKERS * BATCH * PERIOD;

  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void where_it_is_right_both_trainers_agree(Optimizer optimizer, JavaSparkContext spark) {
    try (Shards shards = shards(spark, RIGHT)) {
      TrainingJob job = job(shards, optimizer, LocalStep.DL4J);
      Averaging averaging = new ParameterAveraging(PERIOD, OuterOptimizer.NONE);
      try (TrainingStrategy stock = stock(spark, shards, job, UpdaterState.AVERAGED);
          TrainingStrategy ours = new JobPerRound(spark, shards, job, averaging)) {
        List<Outcome> found = train(stock, job, optimizer);
        List<Outcome> expected = train(ours, job, optimizer);

        for (int epoch = 0; epoch < expected.size(); epoch++) {
          ModelState state = expected.get(epoch).state();
          assertThat(found.get(epoch).state().parameters())
              .containsExactly(state.parameters(), within(1e-6f));
          assertThat(found.get(epoch).state().updaterState())
              .containsExactly(state.updaterState(), within(1e-6f));
          assertThat(found.get(epoch).state().updates()).isEqualTo(state.updates());
          assertThat(found.get(epoch).examples()).isEqualTo(RIGHT);
          assertThat(found.get(epoch).lastLossSum())
              .isCloseTo(expected.get(epoch).lastLossSum(), within(1e-3));
        }
      }
    }
  }

  @Test
  void what_it_loses_is_told_and_not_hidden(JavaSparkContext spark) {
    int examples = RIGHT + RIGHT / 2 + 5;
    try (Shards shards = shards(spark, examples)) {
      TrainingJob job = job(shards, Optimizer.SGD, LocalStep.DL4J);
      List<String> told = new ArrayList<>();
      Ledger ledger = Ledger.counting(job.schedule(), told::add);
      try (TrainingStrategy stock = stock(spark, shards, job, UpdaterState.RESET)) {
        List<Outcome> outcomes = train(stock, job, Optimizer.SGD);
        long trained = outcomes.stream().mapToLong(Outcome::examples).sum();
        outcomes.forEach(outcome -> ledger.record(outcome.segment().to(), outcome.trained()));

        assertThat(trained).isLessThan(3 * examples);
        assertThat(told)
            .hasSize(2)
            .first()
            .asString()
            .isEqualTo(
                "trained only %d of %d examples so far: such is this trainer"
                    .formatted(outcomes.get(0).examples(), examples));
        assertThat(told.get(1))
            .isEqualTo(
                "trained only %d of %d examples: such is this trainer"
                    .formatted(trained, 3 * examples));
      }
    }
  }

  @Test
  void it_does_not_compute_by_blas(JavaSparkContext spark) {
    try (Shards shards = shards(spark, RIGHT)) {
      TrainingJob job = job(shards, Optimizer.SGD, LocalStep.BLAS);

      assertThatThrownBy(() -> new Dl4jAveraging(spark, job, PERIOD, UpdaterState.RESET))
          .hasMessage("DL4J's trainer computes by DL4J");
    }
  }

  private static TrainingStrategy stock(
      JavaSparkContext spark, Shards shards, TrainingJob job, UpdaterState updaterState) {
    return new WholeEpochs(shards, job, new Dl4jAveraging(spark, job, PERIOD, updaterState));
  }

  /** Three epochs, one segment each. */
  private static List<Outcome> train(
      TrainingStrategy strategy, TrainingJob job, Optimizer optimizer) {
    int epoch = job.schedule().slotsPerEpoch();
    return strategy.run(
        Dl4jLocalTrainer.stateOf(network(optimizer)),
        IntStream.range(0, 3).mapToObj(e -> new Segment(e * epoch, (e + 1) * epoch)).toList(),
        Supervision.none(Duration.ofHours(1)));
  }

  private static Shards shards(JavaSparkContext spark, int count) {
    Random random = new Random(2);
    List<Example> examples =
        IntStream.range(0, count)
            .mapToObj(
                id -> {
                  float[] features = new float[4];
                  for (int i = 0; i < features.length; i++) {
                    features[i] = (float) random.nextGaussian();
                  }
                  float[] labels = new float[3];
                  labels[random.nextInt(3)] = 1;
                  return Example.point(id, features, labels);
                })
            .toList();
    return Shards.of(
        SCHEMA,
        ExampleBlock.pack(spark.parallelize(examples, WORKERS), SCHEMA),
        StorageLevel.MEMORY_ONLY());
  }

  private static TrainingJob job(Shards shards, Optimizer optimizer, LocalStep step) {
    return TrainingJob.of(
        LocalTrainers.factory(NetworkDefinition.of(network(optimizer)), step, 3, 4),
        new Schedule(shards.sizes(), BATCH, EpochEnd.REMAINDER, new TrainingLength.Epochs(3)),
        Ordering.SHUFFLED,
        5);
  }

  private static MultiLayerNetwork network(Optimizer optimizer) {
    return TutorialNetworks.softmax(4, 3, optimizer.updater(0.01), 1);
  }
}
