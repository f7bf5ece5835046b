package dev.lockstep.ml;

import org.nd4j.linalg.activations.Activation;

/** What can be named for hidden layers. */
enum HiddenActivation {
  RELU(Activation.RELU),
  TANH(Activation.TANH),
  SIGMOID(Activation.SIGMOID);

  private final Activation dl4j;

  HiddenActivation(Activation dl4j) {
    this.dl4j = dl4j;
  }

  Activation dl4j() {
    return dl4j;
  }
}
