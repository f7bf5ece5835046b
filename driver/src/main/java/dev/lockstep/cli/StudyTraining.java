package dev.lockstep.cli;

import dev.lockstep.study.StudyResult;
import dev.lockstep.train.SingleTask;

/**
 * A training that a study asks for, which may have been made before.
 *
 * @param <R> what it brings
 */
interface StudyTraining<R extends StudyResult> {
  /** As {@link StudyResult#name}. */
  String name();

  /** As {@link StudyResult#meant}. */
  String meant();

  /** What trains it, where it was not made before. */
  SingleTask task();

  /** What it brought. */
  R result(SingleTask.Result trained);

  /** The same in a line. */
  String told(R result);
}
