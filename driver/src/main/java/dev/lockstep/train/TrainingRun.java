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

  /** Continues from a checkpoint. */
  public RunResult resume(Checkpoint.Restored from) {
    plan.ledger().restore(from.checkpoint().slot(), from.checkpoint().ledger());
    stopping().ifPresent(stopping -> stopping.restore(from.checkpoint().seen()));
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
      while (slot < schedule.slots() && !stopped()) {
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
        stopping().map(EarlyStopping::best).orElse(state),
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
