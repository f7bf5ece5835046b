package dev.lockstep.models;

import java.util.Arrays;
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
    if (step == LocalStep.DL4J) {
      return dl4j(network, labelLength, featureShape);
    }
    DenseStack stack;
    try {
      stack = DenseStackReader.read(network);
    } catch (UnsupportedNetwork e) {
      if (step == LocalStep.AUTO) {
        return dl4j(network, labelLength, featureShape);
      }
      throw new ModelError(
          e.getMessage() + " is not supported by the BLAS local step: use AUTO or DL4J", e);
    }
    checkExamples(stack, labelLength, featureShape);
    return new BlasTrainerFactory(stack);
  }

  private static TrainerFactory dl4j(NetworkDefinition network, int labelLength, long[] shape) {
    List<Long> featureShape = Arrays.stream(shape).boxed().toList();
    return new Dl4jTrainerFactory(network, labelLength, featureShape);
  }

  private static void checkExamples(DenseStack stack, int labelLength, long[] featureShape) {
    if (featureShape.length != 1 || featureShape[0] != stack.inputs()) {
      throw new ModelError(
          "the network takes features of shape [%d], the examples have %s"
              .formatted(stack.inputs(), Arrays.toString(featureShape)));
    }
    if (labelLength != stack.outputs()) {
      throw new ModelError(
          "the network has %d outputs, the examples have %d label values"
              .formatted(stack.outputs(), labelLength));
    }
  }
}
