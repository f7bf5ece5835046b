package dev.lockstep.models.blas;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.math.GradientReduction;
import java.util.Arrays;

/**
 * A stack of dense layers, trained by three matrix products a layer and plain loops. Equal to
 * {@link Dl4jLocalTrainer} but for rounding, and the same to the bit each time on one kind of CPU.
 */
final class BlasLocalTrainer implements LocalTrainer {
  private final DenseStack stack;
  private final MirroredFloats parameters;
  private final float[] gradient;
  private final float[][] moments;
  private StackPass pass;
  private int updates;

  /** With all parameters 0 until {@link #load}. */
  BlasLocalTrainer(DenseStack stack) {
    this.stack = stack;
    parameters = new MirroredFloats(stack.parameterCount());
    gradient = new float[stack.parameterCount()];
    moments = new float[stack.updateRule().moments()][gradient.length];
    pass = new StackPass(stack, parameters, 1);
    parameters.upload(gradient.length);
  }

  @Override
  public void load(ModelState state) {
    Blas.useOneThread();
    copy(state.parameters(), parameters.heap);
    parameters.upload(gradient.length);
    float[] from = state.updaterState();
    expectLength(from, moments.length * gradient.length);
    for (int k = 0; k < moments.length; k++) {
      System.arraycopy(from, k * gradient.length, moments[k], 0, gradient.length);
    }
    updates = state.updates();
  }

  private static void copy(float[] from, float[] to) {
    expectLength(from, to.length);
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static void expectLength(float[] values, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(length, values.length));
    }
  }

  @Override
  public void seed(long seed) {
    // Nothing is random in a step of dense layers without dropout.
  }

  @Override
  public void epoch(int number) {
    // No part of a DenseStack has a schedule.
  }

  @Override
  public ModelState state() {
    float[] updaterState = new float[moments.length * gradient.length];
    for (int k = 0; k < moments.length; k++) {
      System.arraycopy(moments[k], 0, updaterState, k * gradient.length, gradient.length);
    }
    return new ModelState(parameters.heap.clone(), updaterState, updates);
  }

  @Override
  public double step(Minibatch minibatch) {
    double loss = gradient(minibatch, gradient);
    update(minibatch.size());
    return loss;
  }

  @Override
  public double gradient(Minibatch minibatch, float[] sum) {
    StackPass sized = passFor(minibatch);
    sized.forward(minibatch);
    sized.backward(minibatch, sum);
    return sized.loss(minibatch);
  }

  @Override
  public void apply(float[] sum, int examples) {
    copy(sum, gradient);
    update(examples);
  }

  @Override
  public double loss(Minibatch minibatch) {
    StackPass sized = passFor(minibatch);
    sized.forward(minibatch);
    return sized.loss(minibatch);
  }

  @Override
  public float[] output(Minibatch minibatch) {
    float[] outputs = passFor(minibatch).forward(minibatch);
    return Arrays.copyOf(outputs, minibatch.size() * stack.outputs());
  }

  private StackPass passFor(Minibatch minibatch) {
    if (minibatch.size() > pass.capacity()) {
      pass = new StackPass(stack, parameters, minibatch.size());
    }
    return pass;
  }

  /** Turns {@link #gradient}, a sum over examples, into an update, in DL4J's order. */
  private void update(int examples) {
    if (stack.reduction() == GradientReduction.MEAN && examples > 1) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= examples;
      }
    }
    for (DenseStack.Layer layer : stack.layers()) {
      layer
          .weightPenalty()
          .addToGradient(parameters.heap, gradient, layer.start(), layer.biasStart());
      layer.biasPenalty().addToGradient(parameters.heap, gradient, layer.biasStart(), layer.end());
    }
    stack.updateRule().apply(gradient, moments, updates);
    for (DenseStack.Layer layer : stack.layers()) {
      layer
          .weightPenalty()
          .addToUpdate(parameters.heap, gradient, layer.start(), layer.biasStart());
      layer.biasPenalty().addToUpdate(parameters.heap, gradient, layer.biasStart(), layer.end());
    }
    for (int i = 0; i < gradient.length; i++) {
      parameters.heap[i] -= gradient[i];
    }
    parameters.upload(gradient.length);
    updates++;
  }
}
