package dev.lockstep.ml;

import dev.lockstep.models.SharedNetwork;
import dev.lockstep.models.TrainerFactory;
import java.io.Serializable;

/** A model as an executor receives it, once, by broadcast; its network goes when that goes. */
final class SentModel implements Serializable {
  private final TrainerFactory networks;
  private final float[] parameters;
  private transient SharedNetwork network;

  SentModel(TrainerFactory networks, float[] parameters) {
    this.networks = networks;
    this.parameters = parameters;
  }

  /** This process's network. */
  synchronized SharedNetwork network() {
    if (network == null) {
      network = networks.newSharedNetwork(parameters);
    }
    return network;
  }
}
