package dev.lockstep.train;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.strategy.Ledger;
import dev.lockstep.strategy.Outcome;
import dev.lockstep.strategy.Progress;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.Segment;
import dev.lockstep.strategy.Supervision;
import dev.lockstep.strategy.TrainingStrategy;
import dev.lockstep.train.EarlyStopping.Seen;
import dev.lockstep.train.RunResult.Ending;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Trains: segment after segment, with what has to happen between them. */
public final class TrainingRun {
  private final Plan plan;
  private final RunListener listener;
  private final BooleanSupplier interrupted;
  private long resumePoint;

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
      Map<String, Object> config) {

    boolean isDue(Cadence cadence, Segment segment) {
      return cadence.due(schedule, segment.from(), segment.to());
    }

    /** Whether training is complete after it. */
    boolean isLast(Segment segment) {
      return segment.to() == schedule.slots();
    }

    boolean isDisplayed(Segment segment) {
      return isLast(segment) || isDue(display, segment);
    }

    boolean isValidated(Segment segment) {
      return validation
          .filter(looking -> isLast(segment) || isDue(looking.every(), segment))
          .isPresent();
    }

    /**
     * The last slot, from one on, at which workers agree in a longer run as well: there the last
     * checkpoint is written, so that whoever trains on for longer gets what the longer run would
     * have given.
     */
    long lastCommonAgreement(long from) {
      long common = schedule.commonSlots();
      long at = from;
      long next = strategy.roundEnd(at);
      while (next <= common) {
        at = next;
        next = strategy.roundEnd(at);
      }
      return at;
    }
  }

  /** Trains to the plan's end. */
  public TrainingRun(Plan plan, RunListener listener) {
    this(plan, listener, () -> false);
  }

  /**
   * @param interrupted asked now and then; once true, the run ends with a checkpoint
   */
  public TrainingRun(Plan plan, RunListener listener, BooleanSupplier interrupted) {
    this.plan = plan;
    this.listener = listener;
    this.interrupted = interrupted;
  }

  /** Where a run stands. */
  private record Position(
      ModelState state, long slot, long rounds, long examples, double loss, RoundTime time) {
    Position after(Outcome outcome, double loss, RoundTime time) {
      return new Position(
          outcome.state(),
          outcome.segment().to(),
          rounds + outcome.rounds(),
          examples + outcome.examples(),
          loss,
          this.time.plus(time));
    }

    /** While workers train on from it; when their time is looked at, they are done. */
    Position during(Progress progress, double loss) {
      return new Position(
          state,
          progress.slot(),
          rounds + progress.rounds(),
          examples + progress.examples(),
          loss,
          time);
    }
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

  /** Goes on from a checkpoint with more data: at the beginning of the epoch that it was in. */
  RunResult goOn(Checkpoint.Restored from) {
    plan.ledger().restore(0, List.of());
    stopping().ifPresent(stopping -> stopping.restore(from.checkpoint().seen()));
    return execute(from.state(), 0, from.checkpoint().lastLoss());
  }

  private RunResult execute(ModelState state, long slot, double loss) {
    Schedule schedule = plan.schedule();
    resumePoint = plan.lastCommonAgreement(slot);
    int values = state.values();
    SegmentPlanner planner = new SegmentPlanner(plan, resumePoint, values);
    LapLength length = new LapLength(values);
    Position at = new Position(state, slot, 0, 0, loss, RoundTime.none(plan.schedule().workers()));
    long startedAt = System.nanoTime();
    Ending ending = ending(at, false);
    listener.started(schedule.steps(slot), schedule.steps(schedule.slots()));
    try {
      if (slot == 0 && resumePoint == 0) {
        save(report(at, 0, at.time()), state, 0);
      }
      while (ending == Ending.NONE) {
        double from = secondsSince(startedAt);
        Supervision supervision = supervision(at, startedAt, length.next());
        List<Outcome> outcomes =
            plan.strategy().run(at.state(), planner.next(at.slot()), supervision);
        if (outcomes.isEmpty()) {
          ending = Ending.INTERRUPTED;
          if (at.slot() <= resumePoint) {
            save(report(at, secondsSince(startedAt), at.time()), at.state(), at.slot());
          }
          break;
        }
        Lap lap = new Lap(from, secondsSince(startedAt), outcomes);
        length.took(lap.launch());
        long before = at.examples();
        Iterator<? extends Evaluation> evaluations = evaluations(outcomes);
        boolean asked = interrupted.getAsBoolean();
        for (Outcome outcome : outcomes) {
          double outcomeLoss = finite(outcome, at.loss());
          plan.ledger().record(outcome.segment().to(), outcome.trained());
          RoundTime time = lap.time(outcome);
          at = at.after(outcome, outcomeLoss, time);
          boolean stop = asked && outcome.equals(outcomes.get(outcomes.size() - 1));
          RoundReport report = report(at, lap.at(at.examples() - before), time);
          ending = notify(at, report, outcome.segment(), evaluations, stop);
        }
      }
    } finally {
      listener.ended();
    }
    return result(at, ending, secondsSince(startedAt));
  }

  /** Of a lap that begins at a position. */
  private Supervision supervision(Position at, long startedAt, Duration atMost) {
    RoundTime none = RoundTime.none(plan.schedule().workers());
    return new Supervision(
        LapLength.SHORTEST,
        atMost,
        progress -> {
          Position now = at.during(progress, plan.lossScale().loss(progress));
          listener.progress(report(now, secondsSince(startedAt), none));
        },
        interrupted);
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  private double finite(Outcome outcome, double lastLoss) {
    if (outcome.divergedAt().isPresent()) {
      long slot = outcome.divergedAt().getAsLong();
      throw new DivergenceException(plan.schedule().steps(slot) + 1, lastLoss);
    }
    return plan.lossScale().loss(outcome);
  }

  private RunResult result(Position at, Ending ending, double seconds) {
    return new RunResult(
        stopping().map(BestModel::best).orElse(at.state()),
        plan.schedule().steps(at.slot()),
        plan.schedule().epochs(at.slot() - 1) + 1,
        at.examples(),
        at.loss(),
        seconds,
        at.time(),
        ending);
  }

  private RoundReport report(Position at, double seconds, RoundTime time) {
    Schedule schedule = plan.schedule();
    return new RoundReport(
        at.rounds(),
        schedule.steps(at.slot()),
        schedule.steps(schedule.slots()),
        schedule.epochs(at.slot() - 1) + 1,
        at.examples(),
        at.loss(),
        seconds,
        time);
  }

  /** Of the models that are validated, in their order: all at once, as a Spark job is costly. */
  private Iterator<? extends Evaluation> evaluations(List<Outcome> outcomes) {
    List<ModelState> states =
        outcomes.stream()
            .filter(
                outcome -> outcome.divergedAt().isEmpty() && plan.isValidated(outcome.segment()))
            .map(Outcome::state)
            .flatMap(state -> Stream.concat(Stream.of(state), state.averagedModel().stream()))
            .toList();
    return states.isEmpty()
        ? Collections.emptyIterator()
        : plan.validation().orElseThrow().measure().apply(states).iterator();
  }

  private Ending notify(
      Position at,
      RoundReport report,
      Segment segment,
      Iterator<? extends Evaluation> evaluations,
      boolean stop) {
    listener.round(report);
    if (plan.isDisplayed(segment)) {
      listener.display(report, at.state());
      plan.strategy().found(at.state()).ifPresent(period -> listener.found(report, period));
    }
    if (plan.isValidated(segment)) {
      validated(evaluations.next(), report, at.state());
      at.state()
          .averagedModel()
          .ifPresent(average -> listener.averageValidated(report, evaluations.next()));
    }
    Ending ending = ending(at, stop);
    boolean due = ending != Ending.NONE || plan.isDue(plan.checkpoint(), segment);
    if (segment.to() == resumePoint || due && segment.to() < resumePoint) {
      save(report, at.state(), segment.to());
    }
    return ending;
  }

  private void save(RoundReport report, ModelState state, long slot) {
    plan.checkpoints()
        .ifPresent(store -> listener.checkpoint(report, state, save(store, report, state, slot)));
  }

  private Ending ending(Position at, boolean stop) {
    if (at.slot() == plan.schedule().slots()) {
      return Ending.COMPLETE;
    }
    if (stoppedEarly()) {
      return Ending.EARLY;
    }
    return stop ? Ending.INTERRUPTED : Ending.NONE;
  }

  private void validated(Evaluation evaluation, RoundReport report, ModelState state) {
    listener.validated(report, evaluation);
    stopping().ifPresent(stopping -> stopping.observe(evaluation.score(), report.steps(), state));
    if (stoppedEarly()) {
      listener.stoppedEarly(report, stopping().orElseThrow().seen());
    }
  }

  private boolean stoppedEarly() {
    return stopping().map(BestModel::stops).orElse(false);
  }

  private Optional<BestModel> stopping() {
    return plan.validation().flatMap(Validation::stopping);
  }

  private String save(CheckpointStore store, RoundReport report, ModelState state, long slot) {
    return new Checkpoint(
            slot,
            report.steps(),
            plan.schedule().epochs(slot),
            plan.config(),
            plan.ledger().open(),
            report.loss(),
            stopping().map(BestModel::seen).orElse(Seen.NOTHING))
        .save(store, plan.network(), state);
  }
}
