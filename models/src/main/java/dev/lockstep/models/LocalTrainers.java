package dev.lockstep.models;

import java.util.List;

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
   * @param featureShape the shape of one example's features as the network takes them, such as
   *     [784] or [1, 28, 28]
   * @throws ModelError if {@link LocalStep#BLAS} is asked for a network that it does not support,
   *     or if a network that it supports does not take such examples
   */
  public static TrainerFactory factory(
      NetworkDefinition network, LocalStep step, int labelLength, long... featureShape) {
    return factory(network, step, ExampleLayout.of(labelLength, featureShape));
  }

  /**
   * What makes trainers of a network for examples of any form.
   *
   * @throws ModelError as {@link #factory(NetworkDefinition, LocalStep, int, long...)} does
   */
  public static TrainerFactory factory(
      NetworkDefinition network, LocalStep step, ExampleLayout layout) {
    if (step == LocalStep.DL4J || step == LocalStep.AUTO && !layout.isPlain()) {
      return observed(network, layout, StepObserver.NONE);
    }
    DenseStack stack;
    try {
      stack = DenseStackReader.read(network);
    } catch (UnsupportedNetwork e) {
      if (step == LocalStep.AUTO) {
        return observed(network, layout, StepObserver.NONE);
      }
      throw new ModelError(
          e.getMessage() + " is not supported by the BLAS local step: use AUTO or DL4J", e);
    }
    checkExamples(stack, layout);
    return new BlasTrainerFactory(stack);
  }

  /** What makes trainers that compute by DL4J and tell of each step. */
  public static TrainerFactory observed(
      NetworkDefinition network, ExampleLayout layout, StepObserver observer) {
    return new Dl4jTrainerFactory(network, layout, observer);
  }

  private static void checkExamples(DenseStack stack, ExampleLayout layout) {
    if (!layout.isPlain()) {
      throw new ModelError(
          "the BLAS local step takes one array of features and one of labels, without masks: use"
              + " AUTO or DL4J");
    }
    List<Integer> shape = layout.features().get(0).values().dimensions();
    if (!shape.equals(List.of(stack.inputs()))) {
      throw new ModelError(
          "the network takes features of shape [%d], the examples have %s"
              .formatted(stack.inputs(), shape));
    }
    if (layout.labelLength() != stack.outputs()) {
      throw new ModelError(
          "the network has %d outputs, the examples have %d label values"
              .formatted(stack.outputs(), layout.labelLength()));
    }
  }
}
