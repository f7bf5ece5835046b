package dev.lockstep.models.dl4j;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalStepProvider;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.stream.Stream;

/** Provides {@link LocalStep#DL4J}: any network. */
public final class Dl4jProvider implements LocalStepProvider {
  /** As a minibatch, which one example would not be. */
  private static final int TRIED = 2;

  @Override
  public LocalStep step() {
    return LocalStep.DL4J;
  }

  @Override
  public Dl4jTrainerFactory factory(
      NetworkDefinition network, int labelLength, long... featureShape) {
    return factory(network, layout(network, labelLength, featureShape));
  }

  @Override
  public Dl4jTrainerFactory factory(NetworkDefinition network, ExampleLayout layout) {
    Dl4jTrainerFactory factory = new Dl4jTrainerFactory(network, layout, StepObserver.NONE);
    expectTrains(factory);
    return factory;
  }

  /**
   * Where a network's arrays are in examples of this shape.
   *
   * @throws ModelError naming the layer that does not fit
   */
  public static ExampleLayout layout(
      NetworkDefinition network, int labelLength, long... featureShape) {
    return ExampleLayout.of(labelLength, ExampleShape.of(network, labelLength, featureShape));
  }

  /**
   * Trains on zeros: DL4J finds many faults of a network only then, by exceptions of many classes.
   *
   * @throws ModelError with what DL4J says
   */
  private static void expectTrains(Dl4jTrainerFactory factory) {
    ExampleLayout layout = factory.layout();
    boolean masked =
        Stream.concat(layout.features().stream(), layout.labels().stream())
            .anyMatch(part -> part.mask() != null);
    if (masked) {
      return; // With nothing but what does not count DL4J fails where it else does not.
    }
    LocalTrainer trainer = factory.newTrainer();
    try {
      trainer.step(MinibatchArrays.zeros(layout, TRIED));
    } catch (ModelError e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ModelError(
          "DL4J is not able to train this network: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString()),
          e);
    } finally {
      trainer.close();
    }
  }
}
