package dev.lockstep.bench;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.TrainerFactory;
import java.util.Locale;

/** The local step that Lockstep chooses, as a worker runs it. */
final class LockstepPeer implements Peer {
  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public String description(PeerTask task) {
    return "lockstep, %s step".formatted(factory(task).step().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public Training start(PeerTask task) {
    LocalTrainer trainer = factory(task).newTrainer();
    trainer.load(task.start());
    return new Training() {
      private double loss;

      @Override
      public void step(int minibatch) {
        loss = trainer.step(task.minibatches().get(minibatch));
      }

      @Override
      public double loss() {
        return loss / task.batch();
      }

      @Override
      public void close() {}
    };
  }

  private static TrainerFactory factory(PeerTask task) {
    return LocalTrainers.factory(task.definition(), LocalStep.AUTO, task.layout());
  }
}
