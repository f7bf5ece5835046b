package dev.lockstep.models.blas;

import dev.lockstep.models.Minibatch;
import dev.lockstep.models.math.Dropout;
import dev.lockstep.models.math.LossMask;
import java.util.List;
import java.util.Objects;

/** A stack forwards and backwards over minibatches of limited size, without allocating. */
final class StackPass {
  private final DenseStack stack;
  private final List<LayerPass> layers;
  private final LayerPass last;
  private final int capacity;

  /** What is drawn in one step, layer by layer. */
  interface Draws {
    /** Writes the next mask. */
    void mask(Dropout dropout, float[] mask, int length);

    /** The next seed. */
    long seed();
  }

  /**
   * @param parameters which it reads
   * @param capacity how many examples the largest minibatch has
   */
  StackPass(DenseStack stack, NativeFloats parameters, int capacity) {
    this.stack = stack;
    this.capacity = capacity;
    layers =
        stack.layers().stream()
            .map(layer -> new LayerPass(layer, parameters, capacity, stack.keepsSums(layer)))
            .toList();
    last = layers.get(layers.size() - 1);
  }

  int capacity() {
    return capacity;
  }

  /**
   * The network's output, float32 [size, outputs], valid until the next call.
   *
   * @param rows that the products have, at least as many as the minibatch
   */
  float[] forward(Minibatch minibatch, int rows) {
    return forward(minibatch, rows, null);
  }

  /** The same in training, with what is random then. */
  float[] forward(Minibatch minibatch, Draws draws) {
    return forward(minibatch, minibatch.size(), draws);
  }

  private float[] forward(Minibatch minibatch, int rows, Draws draws) {
    int size = minibatch.size();
    Objects.checkFromIndexSize(0, size * stack.inputs(), minibatch.features().length);
    float[] inputs = minibatch.features();
    for (LayerPass layer : layers) {
      layer.forward(inputs, size, rows, draws);
      inputs = layer.activations();
    }
    return inputs;
  }

  /** The loss of the last {@link #forward}, summed over its examples. */
  double loss(Minibatch minibatch) {
    return stack
        .loss()
        .sum(
            last.sums(),
            last.activations(),
            minibatch.labels(),
            LossMask.ofWeights(minibatch.weights()),
            minibatch.size(),
            stack.outputs());
  }

  /**
   * Differentiates the loss of the last {@link #forward}.
   *
   * @param gradient receives float32 [parameterCount], summed over the examples; that of frozen
   *     layers stays as it is
   */
  void backward(Minibatch minibatch, NativeFloats gradient) {
    int size = minibatch.size();
    stack
        .loss()
        .gradient(
            last.sums(),
            last.activations(),
            minibatch.labels(),
            LossMask.ofWeights(minibatch.weights()),
            last.deltas(),
            size,
            stack.outputs());
    int first = stack.frozen();
    for (int i = layers.size() - 1; i > first; i--) {
      layers.get(i).backward(gradient, size);
      layers.get(i).propagate(layers.get(i - 1), size);
    }
    layers.get(first).backward(gradient, size);
  }
}
