package dev.lockstep.models.onednn;

import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** An activation that the library computes. */
record Activation(Eltwise function) implements Operation {
  /** DL4J's; null if Java computes it. */
  static Activation of(IActivation function) {
    // Exactly these classes, as a subclass may compute something else.
    Class<?> type = function.getClass();
    if (type == ActivationTanH.class) {
      return new Activation(Eltwise.TANH);
    }
    if (type == ActivationSigmoid.class) {
      return new Activation(Eltwise.SIGMOID);
    }
    if (type == ActivationLReLU.class && ((ActivationLReLU) function).getAlpha() >= 0) {
      return new Activation(Eltwise.relu((float) ((ActivationLReLU) function).getAlpha()));
    }
    return type == ActivationReLU.class && function.equals(new ActivationReLU())
        ? new Activation(Eltwise.RELU)
        : null;
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Tensor result = function.apply(assembly, inputs.get(0));
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        return List.of(function.backpropagate(assembly, result, gradient));
      }
    };
  }
}
