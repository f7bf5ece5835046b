package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import java.io.Serializable;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss of a layer's activations, with that activation: some are differentiated together. All
 * matrices are row-major [rows, columns], one row per example or time step.
 *
 * <p>An engine reads it by {@link #of}, applies the {@link ActivationFunction} itself, and gives
 * both methods what came of it.
 */
public interface Loss extends Serializable {

  /**
   * The loss, summed over the rows; of one that is of a minibatch as a whole, that.
   *
   * @param inputs what the activation was applied to; null will do unless {@link #needsInputs}
   * @param outputs after the activation
   * @param labels [rows, {@link #labelColumns}]
   * @param mask null if nothing is masked
   */
  double sum(float[] inputs, float[] outputs, float[] labels, LossMask mask, int rows, int columns);

  /**
   * Writes the gradient of the sum by what the activation was applied to.
   *
   * @param inputs what the activation was applied to; null will do unless {@link #needsInputs}
   */
  void gradient(
      float[] inputs,
      float[] outputs,
      float[] labels,
      LossMask mask,
      float[] gradient,
      int rows,
      int columns);

  /** Whether the values before the activation are read. */
  boolean needsInputs();

  /** Whether masks are of rows only, never of single values. */
  default boolean ofRows() {
    return false;
  }

  /** How many values the labels of a row have: as many as columns, or 1 for a class's number. */
  default int labelColumns(int columns) {
    return columns;
  }

  /**
   * The same loss for labels of this many values a row; one of class numbers also takes one-hot
   * classes. Empty if it takes no such labels.
   *
   * @throws UnsupportedNetwork if it is not one of DL4J's that are known here, and fails when it is
   *     tried, or gives something else each time; the message is to follow the layer's name
   */
  default Optional<Loss> ofLabels(int labelColumns, int columns) throws UnsupportedNetwork {
    return labelColumns == labelColumns(columns) ? Optional.of(this) : Optional.empty();
  }

  /**
   * DL4J's loss, as DL4J computes it; one that is not known here, as somebody's own, by its own
   * object.
   *
   * @param activation of the layer that has the loss
   * @throws UnsupportedNetwork if the activation draws at random, as DL4J then does once more for
   *     the loss; the message is to follow the layer's name
   */
  static Loss of(ILossFunction loss, IActivation activation) throws UnsupportedNetwork {
    ActivationFunction known = ActivationFunction.of(activation);
    if (known.draws()) {
      throw new UnsupportedNetwork("the loss of activation " + activation);
    }
    return Dl4jLosses.read(loss, known).orElseGet(() -> ForeignLoss.of(loss, activation));
  }
}
