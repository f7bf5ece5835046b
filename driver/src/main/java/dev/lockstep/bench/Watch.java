package dev.lockstep.bench;

import dev.lockstep.train.Cadence;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.RunResult;
import java.util.function.Consumer;

/**
 * Who watches a training.
 *
 * @param display how often the figures are displayed
 * @param ended told what came of it
 */
record Watch(Cadence display, RunListener listener, Consumer<RunResult> ended) {
  static final Cadence NEVER = new Cadence(Long.MAX_VALUE, Cadence.Unit.STEPS);

  /** No one. */
  static final Watch NONE = new Watch(NEVER, new RunListener() {}, result -> {});
}
