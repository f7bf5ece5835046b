package dev.lockstep.models.blas;

import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.GradientReduction;
import dev.lockstep.models.math.Loss;
import dev.lockstep.models.math.Penalty;
import dev.lockstep.models.math.UpdateRule;
import java.io.Serializable;
import java.util.List;

/**
 * A network of dense layers, as far as a step needs to know it: no parameters, no DL4J.
 *
 * <p>The parameters are one float32 vector, DL4J's: layer by layer its weights, column-major
 * [inputs, outputs], then its biases [outputs].
 *
 * @param layers at least one; each takes what the one before gives
 * @param loss of the last layer's output, with its activation
 */
record DenseStack(List<Layer> layers, Loss loss, GradientReduction reduction, UpdateRule updateRule)
    implements Serializable {
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

  Layer last() {
    return layers.get(layers.size() - 1);
  }

  int parameterCount() {
    return last().end();
  }

  /**
   * One dense layer: activation(x·W + b).
   *
   * @param start where its weights start in the parameter vector; its biases follow them
   * @param weightPenalty pulls its weights towards 0
   * @param biasPenalty pulls its biases towards 0
   */
  record Layer(
      int inputs,
      int outputs,
      ActivationFunction activation,
      int start,
      Penalty weightPenalty,
      Penalty biasPenalty)
      implements Serializable {

    int weightCount() {
      return inputs * outputs;
    }

    /** Where its biases start in the parameter vector. */
    int biasStart() {
      return start + weightCount();
    }

    /** Where the next layer starts. */
    int end() {
      return biasStart() + outputs;
    }
  }
}
