package dev.lockstep.models;

import java.io.Serializable;
import java.util.Optional;

/**
 * Makes the trainers of one network: decided once, then sent to where they train. Executors so need
 * not parse DL4J's JSON, which takes 0.7 s in a new JVM.
 */
public interface TrainerFactory extends Serializable {

  /** What its trainers use, never {@link LocalStep#AUTO}. */
  LocalStep step();

  /** Why no faster step computes the network; empty if this is the fastest, or was asked for. */
  default Optional<String> reason() {
    return Optional.empty();
  }

  /**
   * The same that tells this reason, if it is one that has any.
   *
   * @param reason of the faster steps
   */
  default TrainerFactory because(String reason) {
    return this;
  }

  /** A trainer, to be loaded with a state before use. */
  LocalTrainer newTrainer();

  /**
   * The network with parameters that stay as they are.
   *
   * @param parameters float32 [parameterCount], in DL4J's flattened order
   */
  SharedNetwork newSharedNetwork(float[] parameters);
}
