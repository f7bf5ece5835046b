package dev.lockstep.models;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** Chooses the trainer that fits a network. */
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
   * @throws ModelError if {@link LocalStep#BLAS} is asked for a network that it does not support,
   *     or if the network does not take such examples
   */
  public static TrainerFactory factory(
      NetworkDefinition network, LocalStep step, int labelLength, long... featureShape) {
    Optional<DenseStack> stack = stack(network, step);
    if (stack.isEmpty()) {
      long[] taken = ExampleShape.of(network, labelLength, featureShape);
      return observed(network, ExampleLayout.of(labelLength, taken), StepObserver.NONE);
    }
    checkExamples(stack.get(), labelLength, featureShape);
    return new BlasTrainerFactory(stack.get());
  }

  /**
   * What makes trainers of a network for examples of any form, laid out as the network takes them.
   *
   * @throws ModelError if {@link LocalStep#BLAS} is asked for a network or for examples that it
   *     does not support, or if a network that it supports does not take such examples
   */
  public static TrainerFactory factory(
      NetworkDefinition network, LocalStep step, ExampleLayout layout) {
    LocalStep possible = step == LocalStep.AUTO && !layout.isPlain() ? LocalStep.DL4J : step;
    Optional<DenseStack> stack = stack(network, possible);
    if (stack.isEmpty()) {
      return observed(network, layout, StepObserver.NONE);
    }
    if (!layout.isPlain()) {
      throw new ModelError(
          "the BLAS local step takes one array of features and one of labels, without masks: use"
              + " AUTO or DL4J");
    }
    checkExamples(
        stack.get(),
        layout.labelLength(),
        layout.features().get(0).values().dimensions().stream()
            .mapToLong(Integer::longValue)
            .toArray());
    return new BlasTrainerFactory(stack.get());
  }

  /** What makes trainers that compute by DL4J and tell of each step. */
  public static TrainerFactory observed(
      NetworkDefinition network, ExampleLayout layout, StepObserver observer) {
    return new Dl4jTrainerFactory(network, layout, observer);
  }

  /** The network as BLAS computes it; empty if DL4J is to. */
  private static Optional<DenseStack> stack(NetworkDefinition network, LocalStep step) {
    if (step == LocalStep.DL4J) {
      return Optional.empty();
    }
    try {
      return Optional.of(DenseStackReader.read(network));
    } catch (UnsupportedNetwork e) {
      if (step == LocalStep.AUTO) {
        return Optional.empty();
      }
      throw new ModelError(
          e.getMessage() + " is not supported by the BLAS local step: use AUTO or DL4J", e);
    }
  }

  private static void checkExamples(DenseStack stack, int labelLength, long... featureShape) {
    long length = LongStream.of(featureShape).reduce(1, Math::multiplyExact);
    int last = stack.layers().size() - 1;
    if (length != stack.inputs()) {
      throw new ModelError(
          "layer 0 (%s): expected %d inputs, found %d in examples of %s"
              .formatted(
                  last == 0 ? "OutputLayer" : "DenseLayer",
                  stack.inputs(),
                  length,
                  Arrays.toString(featureShape)));
    }
    if (labelLength != stack.outputs()) {
      throw new ModelError(
          "layer %d (OutputLayer): expected labels of %d values, found %d"
              .formatted(last, stack.outputs(), labelLength));
    }
  }
}
