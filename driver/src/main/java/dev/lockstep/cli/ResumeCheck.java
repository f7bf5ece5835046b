package dev.lockstep.cli;

import dev.lockstep.train.Checkpoint;
import dev.lockstep.train.TrainingRun;
import java.util.Map;
import java.util.Set;

/** Whether a checkpoint belongs to the run that is to be resumed. */
final class ResumeCheck {
  private static final Set<String> LENGTH = Set.of("epochs", "steps");

  private ResumeCheck() {}

  /**
   * A run may be made longer, but nothing else that determines its parameters may differ.
   *
   * @throws UserError naming the first option that differs
   */
  static void expectSame(TrainingRun.Plan plan, Checkpoint checkpoint) {
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
