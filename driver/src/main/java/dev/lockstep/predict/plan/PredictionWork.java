package dev.lockstep.predict.plan;

import dev.lockstep.predict.PredictionTally;
import dev.lockstep.predict.output.PredictionOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What there is to predict, and how: pictures, or rows.
 *
 * @param <S> what predictions depend on
 * @param <T> what is told of them
 */
interface PredictionWork<S, T extends PredictionTally<T>> {

  /** What predictions depend on, but for what is predicted. */
  S settings();

  /** The tally of nothing. */
  T nothing();

  /**
   * Refuses to mix.
   *
   * @throws dev.lockstep.data.DataError if earlier settings differ, naming the first that does
   */
  void expectSame(S earlier, String folder);

  /**
   * Plans what no plan has yet.
   *
   * @param generation of the plan
   */
  PredictionPlan<S> plan(int generation, List<PredictionPlan<S>> earlier);

  /**
   * Makes sure that what an unfinished plan has is as it was.
   *
   * @throws dev.lockstep.data.DataError if it is not
   */
  default void expectUnchanged(PredictionPlan<S> plan) {}

  /** Predicts a chunk and commits what comes of it. */
  interface Task<T> extends Serializable {
    T run(PlanChunk chunk, PredictionOutput output, int generation, Configuration hadoop)
        throws IOException;
  }

  /** What tasks do; sent to them. */
  Task<T> task();
}
