package dev.lockstep.models.blas;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.SharedNetwork;
import dev.lockstep.models.TrainerFactory;
import java.util.Arrays;

/** Makes {@link BlasLocalTrainer}s. */
record BlasTrainerFactory(DenseStack stack) implements TrainerFactory {
  private static final float[] NO_LABELS = {};

  @Override
  public LocalStep step() {
    return LocalStep.BLAS;
  }

  @Override
  public LocalTrainer newTrainer() {
    return new BlasLocalTrainer(stack);
  }

  @Override
  public SharedNetwork newSharedNetwork(float[] parameters) {
    Blas.useOneThread();
    NativeFloats shared = NativeFloats.of(parameters);
    return new SharedNetwork(stack.inputs(), () -> new Pass(shared));
  }

  private final class Pass implements SharedNetwork.Pass {
    private final StackPass pass;

    Pass(NativeFloats shared) {
      pass = new StackPass(stack, shared, stack.passSize());
    }

    @Override
    public int size() {
      return pass.capacity();
    }

    @Override
    public float[] output(float[] features, int size) {
      float[] outputs = pass.forward(new Minibatch(features, NO_LABELS, size), pass.capacity());
      return Arrays.copyOf(outputs, size * stack.outputs());
    }
  }
}
