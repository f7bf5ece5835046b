package dev.lockstep.models.dl4j;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalStepProvider;
import dev.lockstep.models.NetworkDefinition;

/** Provides {@link LocalStep#DL4J}: any network. */
public final class Dl4jProvider implements LocalStepProvider {
  @Override
  public LocalStep step() {
    return LocalStep.DL4J;
  }

  @Override
  public Dl4jTrainerFactory factory(
      NetworkDefinition network, int labelLength, long... featureShape) {
    long[] taken = ExampleShape.of(network, labelLength, featureShape);
    return factory(network, ExampleLayout.of(labelLength, taken));
  }

  @Override
  public Dl4jTrainerFactory factory(NetworkDefinition network, ExampleLayout layout) {
    return new Dl4jTrainerFactory(network, layout, StepObserver.NONE);
  }
}
