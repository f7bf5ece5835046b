package dev.lockstep.cli;

import dev.lockstep.report.Console;
import dev.lockstep.report.Figures;
import dev.lockstep.train.Checkpoint;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TrainingRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Goes on with a run at its newest checkpoint. */
final class Resumption {
  private static final Set<String> LENGTH = Set.of("epochs", "steps");

  private Resumption() {}

  /**
   * Trains on.
   *
   * @param plan of a run that may be longer than the one that wrote the checkpoint
   * @param folder the model directory
   * @param warning receives one line for each damaged checkpoint that is passed over
   * @throws UserError if there is no checkpoint, or one of another run
   */
  static RunResult resume(
      TrainingRun run,
      TrainingRun.Plan plan,
      Path folder,
      Console console,
      Consumer<String> warning) {
    Checkpoint.Restored restored =
        Checkpoint.latest(plan.checkpoints().orElseThrow(), warning)
            .orElseThrow(
                () ->
                    new UserError(
                        "no checkpoint in %s to resume from: run without --resume first"
                            .formatted(folder)));
    expectSame(plan, restored.checkpoint());
    long step = restored.checkpoint().steps();
    console.progress("resuming", Map.of("step", step), "resuming at step " + Figures.count(step));
    return run.resume(restored);
  }

  /**
   * A run may be made longer, but nothing else that determines its parameters may differ.
   *
   * @throws UserError naming the first option that differs
   */
  private static void expectSame(TrainingRun.Plan plan, Checkpoint checkpoint) {
    for (Map.Entry<String, Object> wanted : plan.config().entrySet()) {
      Object saved = checkpoint.config().get(wanted.getKey());
      // JSON has no long or float of its own: compare what is read by what is written.
      boolean same = String.valueOf(wanted.getValue()).equals(String.valueOf(saved));
      if (!same && !LENGTH.contains(wanted.getKey())) {
        throw new UserError(
            "cannot resume: the checkpoint was made with %s %s, not %s: give the same options, or"
                    .formatted(wanted.getKey(), saved, wanted.getValue())
                + " start anew without --resume");
      }
    }
    boolean reachable =
        checkpoint.slot() <= plan.schedule().slots()
            && plan.schedule().steps(checkpoint.slot()) == checkpoint.steps();
    if (!reachable) {
      throw new UserError(
          "cannot resume: the checkpoint is at step %d, which a run of this length does not pass"
              .formatted(checkpoint.steps()));
    }
  }
}
