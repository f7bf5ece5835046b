package dev.lockstep.models.onednn;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.SharedNetwork;
import dev.lockstep.models.TrainerFactory;
import java.util.Objects;

/**
 * Makes {@link OneDnnLocalTrainer}s.
 *
 * @param plan as read from the network for such examples
 */
record OneDnnTrainerFactory(NetworkDefinition network, ExampleLayout layout, Plan plan)
    implements TrainerFactory {

  /** The plan follows from the others. */
  @Override
  public boolean equals(Object other) {
    return other instanceof OneDnnTrainerFactory that
        && network.equals(that.network)
        && layout.equals(that.layout);
  }

  @Override
  public int hashCode() {
    return Objects.hash(network, layout);
  }

  @Override
  public LocalStep step() {
    return LocalStep.ONEDNN;
  }

  @Override
  public LocalTrainer newTrainer() {
    return new OneDnnLocalTrainer(plan);
  }

  @Override
  public SharedNetwork newSharedNetwork(float[] parameters) {
    SharedPass.Parameters shared = new SharedPass.Parameters(parameters);
    return new SharedNetwork(plan.featureLength(), () -> new SharedPass(plan, shared));
  }
}
