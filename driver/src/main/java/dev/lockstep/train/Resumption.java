package dev.lockstep.train;

import dev.lockstep.memory.DataMemory;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.strategy.Schedule.Before;
import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.strategy.TrainingLength.Steps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Finds where a run goes on. */
final class Resumption {
  private static final Set<String> LENGTH = Set.of("epochs", "steps");

  /** The memory of a worker, in the configuration of runs whose examples are not all in memory. */
  static final String MEMORY = "dataMemory";

  /** Settings that are in a configuration only where something is set. */
  private static final List<String> OPTIONAL =
      List.of("learningRates", "outer", "gradientClipping", "accumulate", "weightsAverage", MEMORY);

  /** How many examples there are. */
  static final String EXAMPLES = "examples";

  /** What a run had trained before its data grew; only of such. */
  private static final String EPOCHS_BEFORE = "epochsBefore";

  private static final String STEPS_BEFORE = "stepsBefore";

  /** Settings that follow from the data. */
  private static final Set<String> OF_DATA = Set.of(EXAMPLES, EPOCHS_BEFORE, STEPS_BEFORE);

  private Resumption() {}

  /**
   * What has been trained on fewer data, where a run goes on whose data has grown: the whole epochs
   * of the newest checkpoint; or what that had found so itself.
   *
   * @param examples that there are now
   * @throws CannotResume if there is nothing left to train
   */
  static Before before(Settings settings, long examples) {
    if (!settings.resumes) {
      return Before.NOTHING;
    }
    CheckpointStore store =
        new CheckpointStore(settings.checkpoints.orElseThrow(), settings.kept, Map.of());
    Checkpoint checkpoint =
        Checkpoint.latest(store, unused -> {}).map(Checkpoint.Restored::checkpoint).orElse(null);
    if (checkpoint == null) {
      return Before.NOTHING; // which is told later
    }
    if (!hasGrown(checkpoint, examples)) {
      return new Before((int) number(checkpoint, EPOCHS_BEFORE), number(checkpoint, STEPS_BEFORE));
    }
    if (settings.length instanceof Epochs epochs && epochs.epochs() <= checkpoint.epoch()) {
      throw nothingLeft(epochs.epochs(), "epochs");
    }
    if (settings.length instanceof Steps steps && steps.steps() <= checkpoint.steps()) {
      throw nothingLeft(steps.steps(), "steps");
    }
    return new Before(checkpoint.epoch(), checkpoint.steps());
  }

  private static CannotResume nothingLeft(long all, String what) {
    return new CannotResume(
        "cannot resume: all %d %s had been trained before the data grew: train more %s, or start anew"
            .formatted(all, what, what));
  }

  private static boolean hasGrown(Checkpoint checkpoint, long examples) {
    return number(checkpoint, EXAMPLES) > 0 && examples > number(checkpoint, EXAMPLES);
  }

  private static long number(Checkpoint checkpoint, String name) {
    return checkpoint.config().get(name) instanceof Number value ? value.longValue() : 0;
  }

  /** Notes it in a configuration. */
  static void put(Before before, Map<String, Object> config) {
    if (!before.equals(Before.NOTHING)) {
      config.put(EPOCHS_BEFORE, before.epochs());
      config.put(STEPS_BEFORE, before.steps());
    }
  }

  /** What a user is told where a run goes on with more data than before; empty if not. */
  static Optional<String> grown(TrainingRun.Plan plan, Checkpoint from) {
    long examples = plan.schedule().examples();
    return hasGrown(from, examples)
        ? Optional.of(
            "the data had %,d examples, and now has %,d: goes on from step %,d with all of them, from the beginning of epoch %d"
                .formatted(number(from, EXAMPLES), examples, from.steps(), from.epoch() + 1))
        : Optional.empty();
  }

  /**
   * What the run that wrote the newest checkpoint had in memory, which determines the order of its
   * examples.
   *
   * @return empty if there is no checkpoint
   */
  static Optional<DataMemory> memory(CheckpointStore store) {
    return Checkpoint.latest(store, unused -> {})
        .map(
            restored ->
                restored.checkpoint().config().get(MEMORY) instanceof Number bytes
                    ? new DataMemory(bytes.longValue())
                    : DataMemory.ALL);
  }

  /**
   * The newest checkpoint of a run.
   *
   * @param plan of a run that may be longer than the one that wrote the checkpoint
   * @param warning receives one line for each damaged checkpoint that is passed over
   * @throws CannotResume if there is no checkpoint, or one of another run
   */
  static Checkpoint.Restored newest(TrainingRun.Plan plan, Consumer<String> warning) {
    CheckpointStore store = plan.checkpoints().orElseThrow();
    Checkpoint.Restored restored =
        Checkpoint.latest(store, warning)
            .orElseThrow(
                () ->
                    new CannotResume(
                        "no checkpoint in %s to resume from: start anew"
                            .formatted(store.location())));
    expectSame(plan, restored.checkpoint());
    return restored;
  }

  /**
   * A run may be made longer, but nothing else that determines its parameters may differ.
   *
   * @throws CannotResume naming the first setting that differs
   */
  private static void expectSame(TrainingRun.Plan plan, Checkpoint checkpoint) {
    boolean sameLength = true;
    for (Map.Entry<String, Object> wanted : plan.config().entrySet()) {
      Object saved = checkpoint.config().get(wanted.getKey());
      // JSON has no long or float of its own: compare what is read by what is written.
      boolean same = String.valueOf(wanted.getValue()).equals(String.valueOf(saved));
      sameLength &= same || !LENGTH.contains(wanted.getKey());
      if (!same && !LENGTH.contains(wanted.getKey()) && !OF_DATA.contains(wanted.getKey())) {
        throw new CannotResume(
            "cannot resume: the checkpoint was made with %s %s, not %s: give the same options, or"
                    .formatted(wanted.getKey(), saved, wanted.getValue())
                + " start anew");
      }
    }
    for (String setting : OPTIONAL) {
      Object saved = checkpoint.config().get(setting);
      if (saved != null && !plan.config().containsKey(setting)) {
        throw new CannotResume(
            "cannot resume: the checkpoint was made with %s %s: give the same options, or start anew"
                .formatted(setting, saved));
      }
    }
    if (hasGrown(checkpoint, plan.schedule().examples())) {
      return;
    }
    Object had = checkpoint.config().get(EXAMPLES);
    Object found = plan.config().get(EXAMPLES);
    if (had != null && !String.valueOf(had).equals(String.valueOf(found))) {
      throw new CannotResume(
          "cannot resume: the data had %s examples, and now has %s: to train its model on with these, give the newest zip in %s as network, or start anew"
              .formatted(had, found, plan.checkpoints().orElseThrow().location()));
    }
    // Where a run of another length ends, this one may do otherwise.
    long last = sameLength ? plan.schedule().slots() : plan.lastCommonAgreement(0);
    boolean reachable =
        checkpoint.slot() <= last && plan.schedule().steps(checkpoint.slot()) == checkpoint.steps();
    if (!reachable) {
      throw new CannotResume(
          "cannot resume: the checkpoint is at step %d, which a run of this length does not pass: start anew"
              .formatted(checkpoint.steps()));
    }
  }
}
