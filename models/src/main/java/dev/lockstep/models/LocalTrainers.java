package dev.lockstep.models;

import java.util.Arrays;
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
    long[] taken = ExampleShape.of(network, labelLength, shape);
    return new Dl4jTrainerFactory(network, labelLength, Arrays.stream(taken).boxed().toList());
  }

  private static void checkExamples(DenseStack stack, int labelLength, long[] featureShape) {
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
