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
import java.util.Map;
import java.util.Optional;

/** Trains: round after round, with what has to happen between rounds. */
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
    ModelState state = start;
    double loss = startLoss;
    long slot = firstSlot;
    long examples = 0;
    long round = 0;
    long startedAt = System.nanoTime();
    listener.started(schedule.steps(slot), schedule.steps(schedule.slots()));
    try {
      while (slot < schedule.slots()) {
        Segment segment = new Segment(slot, plan.strategy().nextAgreement(slot));
        Outcome outcome = plan.strategy().run(state, segment);
        loss = finite(outcome, segment, loss);
        plan.ledger().record(segment.to(), outcome.results());
        state = outcome.state();
        slot = segment.to();
        examples += outcome.examples();
        RoundReport report =
            report(++round, slot, examples, loss, (System.nanoTime() - startedAt) / 1e9);
        notify(report, state, segment);
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
        (System.nanoTime() - startedAt) / 1e9);
  }

  private double finite(Outcome outcome, Segment segment, double lastLoss) {
    boolean diverged = outcome.divergedAt().isPresent() || !outcome.state().isFinite();
    if (diverged) {
      long slot = outcome.divergedAt().orElse(segment.to() - 1);
      throw new DivergenceException(plan.schedule().steps(slot) + 1, lastLoss);
    }
    return plan.lossScale().loss(outcome);
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
