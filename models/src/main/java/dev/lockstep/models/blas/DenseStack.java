package dev.lockstep.models.blas;

import dev.lockstep.models.PassSize;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Dropout;
import dev.lockstep.models.math.Loss;
import dev.lockstep.models.math.UpdateSettings;
import java.io.Serializable;
import java.util.List;

/**
 * A network of dense layers, as far as a step needs to know it: no parameters, no JSON.
 *
 * <p>The parameters are one float32 vector, DL4J's: layer by layer its weights, column-major
 * [inputs, outputs], then its biases [outputs] if it has some.
 *
 * @param layers at least one; each takes what the one before gives
 * @param loss of the last layer's output, with its activation
 */
record DenseStack(List<Layer> layers, Loss loss, UpdateSettings updates) implements Serializable {
  /** Each product reads all weights again. */
  private static final int MOST_IN_PASS = 256;

  DenseStack {
    layers = List.copyOf(layers);
  }

  /** How many values the features of an example have. */
  int inputs() {
    return layers.get(0).inputs();
  }

  /** How many values the network gives for an example. */
  int outputs() {
    return last().outputs();
  }

  /** As {@link dev.lockstep.models.LocalTrainer#passSize}. */
  int passSize() {
    return PassSize.of(MOST_IN_PASS, layers.stream().mapToLong(Layer::outputs).sum(), inputs());
  }

  Layer last() {
    return layers.get(layers.size() - 1);
  }

  /** Whether what the layer's activation is applied to is wanted afterwards. */
  boolean keepsSums(Layer layer) {
    return layer.activation().needsInputs() || layer == last() && loss.needsInputs();
  }

  int parameterCount() {
    return last().end();
  }

  /** How many layers, from the first, stay as they are. */
  int frozen() {
    return (int) layers.stream().takeWhile(Layer::frozen).count();
  }

  /**
   * One dense layer: activation(x·W + b).
   *
   * @param biased whether it has biases, else b is 0
   * @param frozen whether it stays as it is
   * @param dropout of x; null if there is none
   * @param start where its weights start in the parameter vector; its biases follow them
   */
  record Layer(
      int inputs,
      int outputs,
      boolean biased,
      boolean frozen,
      ActivationFunction activation,
      Dropout dropout,
      int start)
      implements Serializable {

    int weightCount() {
      return inputs * outputs;
    }

    /** Where its biases start in the parameter vector. */
    int biasStart() {
      return start + weightCount();
    }

    int biasCount() {
      return biased ? outputs : 0;
    }

    /** Where the next layer starts. */
    int end() {
      return biasStart() + biasCount();
    }
  }
}
