package dev.lockstep.models;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * All that training changes: what a round starts from and ends with, and what a checkpoint keeps.
 *
 * @param parameters float32 [parameterCount], in DL4J's flattened order
 * @param updaterState float32, the updater's moments in DL4J's flattened order; empty for SGD
 * @param updates how many updates these parameters have seen; Adam's t
 * @param outerState float32, what an optimizer between rounds remembers, of the length of the
 *     parameters or a multiple; empty where there is none
 * @param averaged float32 [parameterCount], the parameters averaged over time: those of a second
 *     model; empty where there is none
 */
public record ModelState(
    float[] parameters, float[] updaterState, int updates, float[] outerState, float[] averaged)
    implements Serializable {
  private static final float[] NONE = {};

  /** Without an optimizer between rounds, nor a second model. */
  public ModelState(float[] parameters, float[] updaterState, int updates) {
    this(parameters, updaterState, updates, NONE);
  }

  /** Without a second model. */
  public ModelState(float[] parameters, float[] updaterState, int updates, float[] outerState) {
    this(parameters, updaterState, updates, outerState, NONE);
  }

  /** The same with another state of the optimizer between rounds. */
  public ModelState withOuterState(float[] state) {
    return new ModelState(parameters, updaterState, updates, state, averaged);
  }

  /** The same with other parameters averaged over time. */
  public ModelState withAveraged(float[] mean) {
    return new ModelState(parameters, updaterState, updates, outerState, mean);
  }

  /** What is trained alone. */
  public ModelState withoutAveraged() {
    return withAveraged(NONE);
  }

  /** The model of the parameters averaged over time, if there is one. */
  public Optional<ModelState> averagedModel() {
    return averaged.length == 0
        ? Optional.empty()
        : Optional.of(new ModelState(averaged, updaterState, updates));
  }

  /** How many numbers it has. */
  public int values() {
    return Math.addExact(
        Math.addExact(parameters.length, updaterState.length),
        Math.addExact(outerState.length, averaged.length));
  }

  /** Equal to the bit: a NaN equals the same NaN, 0.0 differs from -0.0. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ModelState that
        && updates == that.updates
        && Arrays.equals(parameters, that.parameters)
        && Arrays.equals(updaterState, that.updaterState)
        && Arrays.equals(outerState, that.outerState)
        && Arrays.equals(averaged, that.averaged);
  }

  @Override
  public int hashCode() {
    int trained =
        Objects.hash(
            Arrays.hashCode(parameters),
            Arrays.hashCode(updaterState),
            updates,
            Arrays.hashCode(outerState));
    return averaged.length == 0 ? trained : Objects.hash(trained, Arrays.hashCode(averaged));
  }

  @Override
  public String toString() {
    return "ModelState[%d parameters, %d of updater state, %d updates, hash %08x]"
        .formatted(parameters.length, updaterState.length, updates, hashCode());
  }

  /** Whether every parameter is a finite number. */
  public boolean isFinite() {
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        return false;
      }
    }
    return true;
  }
}
