package dev.lockstep.ml;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.TrainerFactory;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A model as an executor has it, which receives it once, by broadcast: as many loaded networks as
 * tasks use at the same time, which go when the broadcast goes.
 */
final class ModelReplicas implements Serializable {
  private final TrainerFactory networks;
  private final ModelState state;
  private transient Queue<LocalTrainer> idle = new ConcurrentLinkedQueue<>();

  ModelReplicas(TrainerFactory networks, ModelState state) {
    this.networks = networks;
    this.state = state;
  }

  /** The network's outputs, float32 [size, outputs]. */
  float[] output(Minibatch minibatch) {
    LocalTrainer network = idle.poll();
    if (network == null) {
      network = networks.newTrainer();
      network.load(state);
    }
    float[] output = network.output(minibatch);
    idle.add(network);
    return output;
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    idle = new ConcurrentLinkedQueue<>();
  }
}
