package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Schema;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.Progress;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Segment;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.SingleProcess;
import dev.lockstep.strategy.Supervision;
import dev.lockstep.strategy.TrainingJob;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.train.Evaluation.Regression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final Schema SCHEMA =
      Schema.classification(List.of(2), Schema.FeatureType.FLOAT32, Schema.numbered(2));
  private static final ExampleBlock BLOCK =
      ExampleBlock.of(
          SCHEMA,
          IntStream.range(0, 20)
              .mapToObj(id -> Example.point(id, new float[] {id / 20f, 1}, id % 2))
              .iterator());
  private static final MultiLayerNetwork NETWORK =
      TutorialNetworks.softmax(2, 2, Optimizer.SGD.updater(0.1), 1);

  private static final Cadence EVERY_10 = new Cadence(10, Cadence.Unit.STEPS);

  /** How many states were evaluated together, each time. */
  private final List<Integer> together = new ArrayList<>();

  private final List<ModelState> evaluated = new ArrayList<>();

  /** The loss of each validation that listeners are told of, by step. */
  private final Map<Long, Double> told = new LinkedHashMap<>();

  /** Steps, round, examples and loss that listeners were told of meanwhile. */
  private final List<List<Object>> progressed = new ArrayList<>();

  private final Map<Long, ModelState> displayed = new LinkedHashMap<>();

  /** A lap is a second long, and natives take part of one to load. */
  @BeforeEach
  void warmUp() {
    train(Optional.empty());
  }

  @Test
  void states_that_are_validated_in_one_lap_are_evaluated_together() {
    train(Optional.of(validation(Optional.empty())));

    assertThat(together).containsExactly(4);
    assertThat(told)
        .containsExactly(
            Map.entry(10L, 0.0), Map.entry(20L, 1.0), Map.entry(30L, 2.0), Map.entry(40L, 3.0));
    assertThat(evaluated).containsExactlyElementsOf(displayed.values());
  }

  @Test
  void where_training_may_stop_early_each_state_is_evaluated_before_it_goes_on(
      @TempDir Path folder) {
    EarlyStopping rule = new EarlyStopping(EarlyStopping.Monitor.LOSS, 0, 1);
    BestModel stopping =
        new BestModel(
            rule, NetworkDefinition.of(NETWORK), Optional.of(new CheckpointStore(folder, 1)));

    RunResult result = train(Optional.of(validation(Optional.of(stopping))));

    assertThat(together).containsExactly(1, 1);
    assertThat(told).containsExactly(Map.entry(10L, 0.0), Map.entry(20L, 1.0));
    assertThat(result.steps()).isEqualTo(20);
    assertThat(result.state()).isEqualTo(evaluated.get(0));
  }

  @Test
  void listeners_are_told_how_far_workers_are_before_the_driver_has_their_state() {
    train(Optional.empty(), TellsFirst::new);

    assertThat(progressed).containsExactly(List.of(20L, 2L, 80L, 0.5));
    assertThat(displayed).hasSize(4);
  }

  @Test
  void a_run_that_is_stopped_before_its_workers_have_a_slot_ends_where_it_was() {
    RunResult result = train(Optional.empty(), NeverBegins::new);

    assertThat(result.ending()).isEqualTo(RunResult.Ending.INTERRUPTED);
    assertThat(result.steps()).isEqualTo(20);
    assertThat(result.state()).isEqualTo(displayed.get(20L));
  }

  private RunResult train(Optional<Validation> validation) {
    return train(validation, strategy -> strategy);
  }

  private RunResult train(Optional<Validation> validation, UnaryOperator<TrainingStrategy> around) {
    displayed.clear();
    progressed.clear();
    NetworkDefinition network = NetworkDefinition.of(NETWORK);
    TrainingJob job =
        TrainingJob.of(
            LocalTrainers.factory(network, LocalStep.BLAS, 2, 2),
            new Schedule(new int[] {20}, 4, EpochEnd.RUN_ON, new TrainingLength.Steps(40)),
            Ordering.SHUFFLED,
            1);
    try (SingleProcess strategy = new SingleProcess(BLOCK, job, 5)) {
      return new TrainingRun(
              new TrainingRun.Plan(
                  network,
                  around.apply(strategy),
                  job.schedule(),
                  Ledger.exact(job.schedule(), List.of(Shards.tally(BLOCK))),
                  LossScale.MINIBATCH,
                  EVERY_10,
                  validation,
                  EVERY_10,
                  Optional.empty(),
                  Map.of()),
              listener())
          .execute(Dl4jLocalTrainer.stateOf(NETWORK));
    }
  }

  /** Trains to step 20, and has no slot after that. */
  private record NeverBegins(TrainingStrategy strategy) implements TrainingStrategy {
    @Override
    public long roundEnd(long slot) {
      return strategy.roundEnd(slot);
    }

    @Override
    public List<Outcome> run(ModelState state, List<Segment> segments, Supervision supervision) {
      return segments.get(0).from() == 0
          ? strategy.run(state, segments.subList(0, 2), supervision)
          : List.of();
    }

    @Override
    public void close() {
      strategy.close();
    }
  }

  /** Tells how far it is in the midst of its training, as workers of a stage do. */
  private record TellsFirst(TrainingStrategy strategy) implements TrainingStrategy {
    @Override
    public long roundEnd(long slot) {
      return strategy.roundEnd(slot);
    }

    @Override
    public List<Outcome> run(ModelState state, List<Segment> segments, Supervision supervision) {
      supervision.told().accept(new Progress(20, 2, 80, 8, 2, 1));
      return strategy.run(state, segments, supervision);
    }

    @Override
    public void close() {
      strategy.close();
    }
  }

  private Validation validation(Optional<BestModel> stopping) {
    return new Validation(EVERY_10, this::evaluate, stopping);
  }

  /** The first state's loss is 0, the next one's 1. */
  private List<Evaluation> evaluate(List<ModelState> states) {
    together.add(states.size());
    List<Evaluation> evaluations = new ArrayList<>();
    for (ModelState state : states) {
      TargetErrors one = TargetErrors.NONE.plus(0, 0);
      evaluations.add(new Regression(List.of(one), evaluated.size()));
      evaluated.add(state);
    }
    return evaluations;
  }

  private RunListener listener() {
    return new RunListener() {
      @Override
      public void progress(RoundReport report) {
        progressed.add(List.of(report.steps(), report.round(), report.examples(), report.loss()));
      }

      @Override
      public void display(RoundReport report, ModelState state) {
        displayed.put(report.steps(), state);
      }

      @Override
      public void validated(RoundReport report, Evaluation evaluation) {
        told.put(report.steps(), evaluation.score().loss());
      }
    };
  }
}
