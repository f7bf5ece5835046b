package dev.lockstep.models;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Chooses the trainer that fits a network, among those of every {@link LocalStepProvider}. */
public final class LocalTrainers {
  private LocalTrainers() {}

  /**
   * A trainer, to be loaded with a state before use; see {@link #factory}.
   *
   * @throws ModelError as {@link #factory} does
   */
  public static LocalTrainer create(
      NetworkDefinition network, LocalStep step, int labelLength, long... featureShape) {
    return factory(network, step, labelLength, featureShape).newTrainer();
  }

  /**
   * What makes trainers of a network.
   *
   * @param labelLength how many values the labels of one example have
   * @param featureShape the shape of one example's features, such as [784] or [28, 28]; the network
   *     may take the same values in another, such as [1, 28, 28]
   * @throws ModelError if a step is asked for by name that does not support the network, or if the
   *     network does not take such examples
   */
  public static TrainerFactory factory(
      NetworkDefinition network, LocalStep step, int labelLength, long... featureShape) {
    network.expectWired();
    return first(step, provider -> provider.factory(network, labelLength, featureShape));
  }

  /**
   * What makes trainers of a network for examples of any form, laid out as the network takes them.
   *
   * @throws ModelError if a step is asked for by name that does not support the network or such
   *     examples, or if a network that it supports does not take them
   */
  public static TrainerFactory factory(
      NetworkDefinition network, LocalStep step, ExampleLayout layout) {
    network.expectWired();
    return first(step, provider -> provider.factory(network, layout));
  }

  private interface Attempt {
    TrainerFactory by(LocalStepProvider provider) throws UnsupportedNetwork;
  }

  private static TrainerFactory first(LocalStep step, Attempt attempt) {
    UnsupportedNetwork last = null;
    for (LocalStepProvider provider : providers()) {
      if (step == LocalStep.AUTO || step == provider.step()) {
        try {
          TrainerFactory factory = attempt.by(provider);
          return last == null ? factory : factory.because(last.getMessage());
        } catch (UnsupportedNetwork e) {
          last = e;
        }
      }
    }
    if (last == null) {
      throw new IllegalStateException("no provider of the local step " + step);
    }
    throw new ModelError(
        "%s is not supported by the %s local step: use AUTO or DL4J"
            .formatted(last.getMessage(), step),
        last);
  }

  private static List<LocalStepProvider> providers() {
    // By our own class loader: that of a thread of Spark's need not see this jar.
    ClassLoader loader = LocalStepProvider.class.getClassLoader();
    return ServiceLoader.load(LocalStepProvider.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(LocalStepProvider::step))
        .toList();
  }
}
