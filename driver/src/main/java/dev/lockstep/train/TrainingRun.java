package dev.lockstep.train;

import dev.lockstep.models.CheckpointStore;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Segment;
import dev.lockstep.strategy.TrainingStrategy;
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

  /** Continues from a checkpoint. */
  public RunResult resume(Checkpoint.Restored from) {
    plan.ledger().restore(from.checkpoint().slot(), from.checkpoint().ledger());
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
    listener.started(schedule.steps(slot), schedule.steps(schedule.slots()));
    try {
      while (slot < schedule.slots()) {
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
          notify(report(rounds, slot, examples, loss, seconds), state, outcome.segment());
        }
      }
    } finally {
      listener.ended();
    }
    return new RunResult(
        state,
        schedule.steps(slot),
        schedule.epochs(slot - 1) + 1,
        examples,
        loss,
        secondsSince(startedAt));
  }

  private SegmentPlanner planner(ModelState state) {
    return new SegmentPlanner(
        plan.schedule(),
        plan.strategy()::nextAgreement,
        plan.display(),
        plan.checkpoint(),
        state.parameters().length + state.updaterState().length + state.outerMomentum().length);
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

  private RoundReport report(long round, long slot, long examples, double loss, double seconds) {
    Schedule schedule = plan.schedule();
    return new RoundReport(
        round,
        schedule.steps(slot),
        schedule.steps(schedule.slots()),
        schedule.epochs(slot - 1) + 1,
        examples,
        loss,
        seconds);
  }

  private void notify(RoundReport report, ModelState state, Segment segment) {
    Schedule schedule = plan.schedule();
    listener.round(report);
    boolean last = segment.to() == schedule.slots();
    if (last || plan.display().due(schedule, segment.from(), segment.to())) {
      listener.display(report, state);
    }
    if (last || plan.checkpoint().due(schedule, segment.from(), segment.to())) {
      plan.checkpoints()
          .ifPresent(
              store -> listener.checkpoint(report, state, save(store, report, state, segment)));
    }
  }

  private Path save(CheckpointStore store, RoundReport report, ModelState state, Segment segment) {
    return new Checkpoint(
            segment.to(),
            report.steps(),
            plan.schedule().epochs(segment.to()),
            plan.config(),
            plan.ledger().open(),
            report.loss())
        .save(store, plan.network(), state);
  }
}
