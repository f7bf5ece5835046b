package dev.lockstep.models.onednn;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalStepProvider;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.Dl4jProvider;
import java.util.Optional;

/** Provides {@link LocalStep#ONEDNN}: convolutional, recurrent and residual networks. */
public final class OneDnnProvider implements LocalStepProvider {
  @Override
  public LocalStep step() {
    return LocalStep.ONEDNN;
  }

  @Override
  public TrainerFactory factory(NetworkDefinition network, int labelLength, long... featureShape)
      throws UnsupportedNetwork {
    expectLibrary();
    return factory(network, Dl4jProvider.layout(network, labelLength, featureShape));
  }

  @Override
  public TrainerFactory factory(NetworkDefinition network, ExampleLayout layout)
      throws UnsupportedNetwork {
    expectLibrary();
    return new OneDnnTrainerFactory(network, layout, PlanReader.read(network, layout));
  }

  /** Why oneDNN cannot be used on this machine; empty if it can. */
  public static Optional<String> fault() {
    return OneDnn.fault();
  }

  private static void expectLibrary() throws UnsupportedNetwork {
    if (OneDnn.fault().isPresent()) {
      throw new UnsupportedNetwork(OneDnn.fault().get());
    }
  }
}
