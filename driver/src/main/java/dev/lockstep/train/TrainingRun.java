package dev.lockstep.train;

import dev.lockstep.models.CheckpointStore;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Segment;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.train.StoppingRule.Seen;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains: segment after segment, with what has to happen between them. */
public final class TrainingRun {
  private final Plan plan;
  private final RunListener listener;

  /**
   * What a run consists of.
   *
   * @param network what is trained
   * @param strategy how workers combine
   * @param schedule who trains what when
   * @param ledger accounts for each example
   * @param lossScale what a displayed loss is a mean over
   * @param display how often the figures are displayed
   * @param validation what is looked at besides
   * @param checkpoint how often a checkpoint is written
   * @param checkpoints where checkpoints go; none are written if empty
   * @param config the resolved configuration, as checkpoints keep it
   */
  public record Plan(
      NetworkDefinition network,
      TrainingStrategy strategy,
      Schedule schedule,
      Ledger ledger,
      LossScale lossScale,
      Cadence display,
      Optional<Validation> validation,
      Cadence checkpoint,
      Optional<CheckpointStore> checkpoints,
      Map<String, Object> config) {}

  public TrainingRun(Plan plan, RunListener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /** Trains from the beginning. */
  public RunResult execute(ModelState start) {
    return execute(start, 0, Double.NaN);
  }

  /** Trains the epochs that follow the given number of whole ones. */
  public RunResult executeAfter(int epochs, ModelState start) {
    long slot = (long) epochs * plan.schedule().slotsPerEpoch();
    plan.ledger().restore(slot, List.of());
    return execute(start, slot, Double.NaN);
  }

  /** Continues from a checkpoint. */
  public RunResult resume(Checkpoint.Restored from) {
    plan.ledger().restore(from.checkpoint().slot(), from.checkpoint().ledger());
    stopping().ifPresent(stopping -> stopping.restore(from.checkpoint().seen()));
    return execute(from.state(), from.checkpoint().slot(), from.checkpoint().lastLoss());
  }

  private RunResult execute(ModelState start, long firstSlot, double startLoss) {
    Schedule schedule = plan.schedule();
    SegmentPlanner planner = planner(start);
    long startedAt = System.nanoTime();
    ModelState state = start;
    double loss = startLoss;
    long slot = firstSlot;
    long examples = 0;
    long rounds = 0;
    RoundTime total = RoundTime.none(schedule.workers());
    listener.started(schedule.steps(slot), schedule.steps(schedule.slots()));
    try {
      while (slot < schedule.slots() && !stopped()) {
        double from = secondsSince(startedAt);
        List<Outcome> outcomes = plan.strategy().run(state, planner.next(slot));
        Lap lap = new Lap(from, secondsSince(startedAt), outcomes);
        planner.learn(lap);
        long examplesBefore = examples;
        for (Outcome outcome : outcomes) {
          loss = finite(outcome, loss);
          plan.ledger().record(outcome.segment().to(), outcome.trained());
          state = outcome.state();
          slot = outcome.segment().to();
          examples += outcome.examples();
          rounds += outcome.rounds();
          double seconds = lap.at(examples - examplesBefore);
          RoundTime time = lap.time(outcome);
          total = total.plus(time);
          notify(report(rounds, slot, examples, loss, seconds, time), state, outcome.segment());
        }
      }
    } finally {
      listener.ended();
    }
    return new RunResult(
        stopping().map(EarlyStopping::best).orElse(state),
        schedule.steps(slot),
        schedule.epochs(slot - 1) + 1,
        examples,
        loss,
        secondsSince(startedAt),
        total);
  }

  private SegmentPlanner planner(ModelState state) {
    int values =
        state.parameters().length + state.updaterState().length + state.outerMomentum().length;
    return new SegmentPlanner(plan, values);
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  private double finite(Outcome outcome, double lastLoss) {
    if (outcome.divergedAt().isPresent()) {
      long slot = outcome.divergedAt().getAsLong();
      throw new DivergenceException(plan.schedule().steps(slot) + 1, lastLoss);
    }
    return plan.lossScale().loss(outcome.last());
  }

  private RoundReport report(
      long round, long slot, long examples, double loss, double seconds, RoundTime time) {
    Schedule schedule = plan.schedule();
    return new RoundReport(
        round,
        schedule.steps(slot),
        schedule.steps(schedule.slots()),
        schedule.epochs(slot - 1) + 1,
        examples,
        loss,
        seconds,
        time);
  }

  private void notify(RoundReport report, ModelState state, Segment segment) {
    boolean end = segment.to() == plan.schedule().slots();
    listener.round(report);
    if (end || due(plan.display(), segment)) {
      listener.display(report, state);
    }
    plan.validation()
        .filter(validation -> end || due(validation.every(), segment))
        .ifPresent(validation -> validate(validation, report, state));
    if (end || stopped() || due(plan.checkpoint(), segment)) {
      plan.checkpoints()
          .ifPresent(
              store -> listener.checkpoint(report, state, save(store, report, state, segment)));
    }
  }

  private boolean due(Cadence cadence, Segment segment) {
    return cadence.due(plan.schedule(), segment.from(), segment.to());
  }

  private void validate(Validation validation, RoundReport report, ModelState state) {
    Score score = validation.measure().apply(state);
    listener.validated(report, score);
    validation.stopping().ifPresent(stopping -> stopping.observe(score, report.steps(), state));
    if (stopped()) {
      listener.stoppedEarly(report, stopping().orElseThrow().seen());
    }
  }

  private boolean stopped() {
    return stopping().map(EarlyStopping::stops).orElse(false);
  }

  private Optional<EarlyStopping> stopping() {
    return plan.validation().flatMap(Validation::stopping);
  }

  private Path save(CheckpointStore store, RoundReport report, ModelState state, Segment segment) {
    return new Checkpoint(
            segment.to(),
            report.steps(),
            plan.schedule().epochs(segment.to()),
            plan.config(),
            plan.ledger().open(),
            report.loss(),
            stopping().map(EarlyStopping::seen).orElse(Seen.NOTHING))
        .save(store, plan.network(), state);
  }
}
