package dev.lockstep.models.blas;

import dev.lockstep.models.Minibatch;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;

/** A stack forwards and backwards over minibatches of limited size, without allocating. */
final class StackPass {
  private final DenseStack stack;
  private final MirroredFloats parameters;
  private final FloatPointer features;
  private final List<LayerPass> layers;
  private final LayerPass last;
  private final int capacity;

  /**
   * @param parameters which it reads: both sides, so upload after writing
   * @param capacity how many examples the largest minibatch has
   */
  StackPass(DenseStack stack, MirroredFloats parameters, int capacity) {
    this.stack = stack;
    this.parameters = parameters;
    this.capacity = capacity;
    features = new FloatPointer((long) capacity * stack.inputs());
    layers =
        stack.layers().stream()
            .map(layer -> new LayerPass(layer, parameters.mirror, capacity))
            .toList();
    last = layers.get(layers.size() - 1);
  }

  int capacity() {
    return capacity;
  }

  /** The network's output, float32 [size, outputs], valid until the next call. */
  float[] forward(Minibatch minibatch) {
    int size = minibatch.size();
    int featureCount = size * stack.inputs();
    // Native code would read beyond the array's end.
    Objects.checkFromIndexSize(0, featureCount, minibatch.features().length);
    features.put(minibatch.features(), 0, featureCount);
    layers.get(0).forward(features, parameters.heap, size);
    for (int i = 1; i < layers.size(); i++) {
      LayerPass before = layers.get(i - 1);
      before.uploadActivations(size);
      layers.get(i).forward(before.activationMirror(), parameters.heap, size);
    }
    return last.activations();
  }

  /** The loss of the last {@link #forward}, summed over its examples. */
  double loss(Minibatch minibatch) {
    return stack
        .loss()
        .sum(last.activations(), minibatch.labels(), minibatch.size(), stack.outputs());
  }

  /**
   * Differentiates the loss of the last {@link #forward}.
   *
   * @param gradient receives float32 [parameterCount], summed over the examples
   */
  void backward(Minibatch minibatch, float[] gradient) {
    // Native code would write beyond the array's end.
    Objects.checkFromIndexSize(0, stack.parameterCount(), gradient.length);
    int size = minibatch.size();
    stack
        .loss()
        .gradient(last.activations(), minibatch.labels(), last.deltas(), size, stack.outputs());
    for (int i = layers.size() - 1; i > 0; i--) {
      LayerPass before = layers.get(i - 1);
      layers.get(i).backward(before.activationMirror(), gradient, size);
      layers.get(i).propagate(before, size);
    }
    layers.get(0).backward(features, gradient, size);
  }
}
