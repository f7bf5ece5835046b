package dev.lockstep.models;

import java.util.Arrays;

/** Makes the trainer that fits a network. */
public final class LocalTrainers {
  private LocalTrainers() {}

  /**
   * A trainer to be loaded with a state.
   *
   * @param labelLength how many values the labels of one example have
   * @param featureShape the shape of one example's features as the network takes them, such as
   *     [784] or [1, 28, 28]
   * @throws ModelError if {@link LocalStep#BLAS} is asked for a network that it does not support,
   *     or if the network does not take such examples
   */
  public static LocalTrainer create(
      NetworkDefinition network, LocalStep step, int labelLength, long... featureShape) {
    return switch (step) {
      case DL4J -> dl4j(network, labelLength, featureShape);
      case BLAS -> {
        try {
          yield blas(DenseStackReader.read(network), labelLength, featureShape);
        } catch (UnsupportedNetwork e) {
          throw new ModelError(
              e.getMessage() + " is not supported by the BLAS local step: use AUTO or DL4J", e);
        }
      }
      case AUTO -> {
        try {
          yield blas(DenseStackReader.read(network), labelLength, featureShape);
        } catch (UnsupportedNetwork e) {
          yield dl4j(network, labelLength, featureShape);
        }
      }
    };
  }

  private static LocalTrainer dl4j(NetworkDefinition network, int labelLength, long[] shape) {
    return new Dl4jLocalTrainer(network.newNetwork(), labelLength, shape);
  }

  private static LocalTrainer blas(DenseStack stack, int labelLength, long[] featureShape) {
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
    return new BlasLocalTrainer(stack);
  }
}
