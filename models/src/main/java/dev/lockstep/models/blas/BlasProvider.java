package dev.lockstep.models.blas;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalStepProvider;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.Loss;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Provides {@link LocalStep#BLAS}: stacks of dense layers. */
public final class BlasProvider implements LocalStepProvider {
  @Override
  public LocalStep step() {
    return LocalStep.BLAS;
  }

  @Override
  public TrainerFactory factory(NetworkDefinition network, int labelLength, long... featureShape)
      throws UnsupportedNetwork {
    DenseStack stack = DenseStackReader.read(network);
    if (labelLength != stack.outputs()) {
      expectComparable(stack, labelLength);
    }
    return factory(stack, labelLength, featureShape);
  }

  private static TrainerFactory factory(DenseStack stack, int labelLength, long... featureShape)
      throws UnsupportedNetwork {
    expectFits(stack, featureShape);
    return new BlasTrainerFactory(withLabels(stack, labelLength));
  }

  /** Outputs are compared with such labels, whatever labels the loss takes. */
  private static void expectComparable(DenseStack stack, int labelLength)
      throws UnsupportedNetwork {
    if (labelLength != labelColumns(stack)) {
      throw otherLabels(stack, labelLength);
    }
    if (stack.loss().ofLabels(stack.outputs(), stack.outputs()).isEmpty()) {
      throw new ModelError(
          "%s: its %d outputs cannot be evaluated against labels of %d values: train it on DataSets"
              .formatted(last(stack), stack.outputs(), labelLength));
    }
  }

  private static int labelColumns(DenseStack stack) {
    return stack.loss().labelColumns(stack.outputs());
  }

  private static ModelError otherLabels(DenseStack stack, int found) {
    return new ModelError(
        "%s: expected labels of %d values, found %d"
            .formatted(last(stack), labelColumns(stack), found));
  }

  private static String last(DenseStack stack) {
    return "layer %d (OutputLayer)".formatted(stack.layers().size() - 1);
  }

  @Override
  public TrainerFactory factory(NetworkDefinition network, ExampleLayout layout)
      throws UnsupportedNetwork {
    if (!layout.isPlain()) {
      throw new UnsupportedNetwork(
          "an example of other than one array of features and one of labels, without masks,");
    }
    return factory(
        DenseStackReader.read(network),
        layout.labelLength(),
        layout.features().get(0).values().dimensions().stream()
            .mapToLong(Integer::longValue)
            .toArray());
  }

  private static void expectFits(DenseStack stack, long... featureShape) {
    long length = LongStream.of(featureShape).reduce(1, Math::multiplyExact);
    if (length != stack.inputs()) {
      throw new ModelError(
          "layer 0 (%s): expected %d inputs, found %d in examples of %s"
              .formatted(
                  stack.layers().size() == 1 ? "OutputLayer" : "DenseLayer",
                  stack.inputs(),
                  length,
                  Arrays.toString(featureShape)));
    }
  }

  private static DenseStack withLabels(DenseStack stack, int labelLength)
      throws UnsupportedNetwork {
    try {
      Loss loss =
          stack
              .loss()
              .ofLabels(labelLength, stack.outputs())
              .orElseThrow(() -> otherLabels(stack, labelLength));
      return new DenseStack(stack.layers(), loss, stack.updates());
    } catch (UnsupportedNetwork e) {
      throw new UnsupportedNetwork("%s: %s".formatted(last(stack), e.getMessage()));
    }
  }
}
