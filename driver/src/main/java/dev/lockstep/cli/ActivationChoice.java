package dev.lockstep.cli;

import dev.lockstep.tutorial.NonlinearTutorial;
import org.nd4j.linalg.activations.Activation;

/** The activations that the nonlinear tutorial tries. */
enum ActivationChoice {
  TANH(Activation.TANH),
  SIGMOID(Activation.SIGMOID),
  RELU(Activation.RELU),
  IDENTITY(Activation.IDENTITY);

  private final Activation activation;

  ActivationChoice(Activation activation) {
    this.activation = activation;
  }

  /** The tutorial with this activation in the hidden layer and another in the output layer. */
  NonlinearTutorial with(ActivationChoice output, long seed) {
    return new NonlinearTutorial(activation, output.activation, seed);
  }

  /** The tutorial with this activation in both layers. */
  NonlinearTutorial both(long seed) {
    return with(this, seed);
  }
}
