package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import java.io.Serializable;
import org.nd4j.linalg.activations.IActivation;

/**
 * An activation over a row-major matrix [rows, columns], one row per example or time step.
 *
 * <p>An engine reads it by {@link #of}, applies it in place to what a layer computes, and on the
 * way back turns the gradient by the activations into that by what it was applied to. It keeps
 * {@code inputs}, a copy of the values before the activation, only if {@link #needsInputs}.
 */
public interface ActivationFunction extends Serializable {

  /** Replaces the first rows · columns values by the activation of them. */
  void apply(float[] values, int rows, int columns);

  /**
   * The same while training, where it differs.
   *
   * @param seed of what is drawn at random, different for each layer and step; any unless it {@link
   *     #draws}
   */
  default void train(float[] values, int rows, int columns, long seed) {
    apply(values, rows, columns);
  }

  /** Whether {@link #train} draws at random. */
  default boolean draws() {
    return false;
  }

  /** Whether what becomes of a value may depend on the others of its row. */
  default boolean ofRows() {
    return false;
  }

  /**
   * Replaces the gradient by the activations by the gradient by what the activation was applied to.
   *
   * @param inputs the values before {@link #apply}; null will do unless {@link #needsInputs}
   * @param activations the values after it
   */
  void backpropagate(float[] inputs, float[] activations, float[] gradient, int rows, int columns);

  /**
   * The same by arithmetic alone, which the JVM does for many values at a time; its last bits
   * differ. Itself, if there is none.
   */
  default ActivationFunction vectorised() {
    return this;
  }

  /** Whether {@link #backpropagate} reads the values before the activation. */
  default boolean needsInputs() {
    return false;
  }

  /**
   * DL4J's activation, as DL4J computes it; one that is none of DL4J's own by its own object.
   *
   * @throws UnsupportedNetwork if that object has parameters, fails, or gives something else each
   *     time; the message is to follow the layer's name
   */
  static ActivationFunction of(IActivation activation) throws UnsupportedNetwork {
    return Dl4jActivations.read(activation);
  }
}
