package dev.lockstep.models.onednn;

import java.io.Serializable;
import java.util.List;

/** What a layer or a vertex computes, as far as a pass needs to know it: sizes and offsets. */
interface Operation extends Serializable {

  /** Leaves its forward pass to be run. */
  Applied apply(Assembly assembly, List<Tensor> inputs);

  /** Whether some of the parameters are its own. */
  default boolean hasParameters() {
    return false;
  }

  /** Whether nothing before it is trained through it. */
  default boolean stopsGradients() {
    return false;
  }

  /** An operation that is part of a pass. */
  interface Applied {
    Tensor output();

    /**
     * Leaves its backward pass to be run: writes the gradient by its parameters.
     *
     * @param gradient by the output
     * @param down whether anything before it needs a gradient
     * @return the gradient by each input; anything if not {@code down}
     */
    default List<Tensor> backpropagate(Tensor gradient, boolean down) {
      throw new IllegalStateException("is not trained");
    }
  }
}
