package dev.lockstep.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Parameters that are set in a chain of calls.
 *
 * @param <S> the class that has them
 */
interface ChainedParams<S> extends Params {

  /** Sets a parameter; gives this. */
  @SuppressWarnings("unchecked")
  default <T> S with(Param<T> param, T value) {
    set(param, value);
    return (S) this;
  }
}
