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
    expectFits(stack, featureShape);
    return new BlasTrainerFactory(withLabels(stack, labelLength));
  }

  @Override
  public TrainerFactory factory(NetworkDefinition network, ExampleLayout layout)
      throws UnsupportedNetwork {
    if (!layout.isPlain()) {
      throw new UnsupportedNetwork(
          "an example of other than one array of features and one of labels, without masks,");
    }
    return factory(
        network,
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

  private static DenseStack withLabels(DenseStack stack, int labelLength) {
    Loss loss =
        stack
            .loss()
            .ofLabels(labelLength, stack.outputs())
            .orElseThrow(
                () ->
                    new ModelError(
                        "layer %d (OutputLayer): expected labels of %d values, found %d"
                            .formatted(
                                stack.layers().size() - 1,
                                stack.loss().labelColumns(stack.outputs()),
                                labelLength)));
    return new DenseStack(stack.layers(), loss, stack.updates());
  }
}
