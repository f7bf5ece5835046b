package dev.lockstep.models.blas;

import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Dropout;
import org.bytedeco.javacpp.FloatPointer;

/** One dense layer forwards and backwards, with the buffers for a minibatch of limited size. */
final class LayerPass {
  private final DenseStack.Layer layer;
  private final NativeFloats parameters;
  private final FloatPointer weights;
  private final float[] biases;
  private final NativeFloats x;
  private final NativeFloats y;
  private final float[] activations;

  /** What the activation was applied to; null if that is not kept. */
  private final float[] sums;

  private final DroppedInputs dropped;
  private Backward backward;

  /** What only training needs: the gradient by x·W + b. */
  private record Backward(float[] deltas, NativeFloats mirror, float[] biasGradient) {}

  /** What only dropout needs. */
  private record DroppedInputs(Dropout dropout, float[] mask, float[] values) {}

  /**
   * @param parameters of the whole network
   * @param capacity how many examples the largest minibatch has
   * @param keepsSums whether what the activation is applied to is wanted afterwards
   */
  LayerPass(DenseStack.Layer layer, NativeFloats parameters, int capacity, boolean keepsSums) {
    this.layer = layer;
    this.parameters = parameters;
    weights = parameters.pointer.getPointer(layer.start());
    biases = new float[layer.biasCount()];
    int inputs = Math.multiplyExact(capacity, layer.inputs());
    int outputs = Math.multiplyExact(capacity, layer.outputs());
    x = new NativeFloats(inputs);
    y = new NativeFloats(outputs);
    activations = new float[outputs];
    sums = keepsSums ? new float[outputs] : null;
    dropped =
        layer.dropout() == null
            ? null
            : new DroppedInputs(layer.dropout(), new float[inputs], new float[inputs]);
  }

  private Backward backward() {
    if (backward == null) {
      backward =
          new Backward(
              new float[activations.length],
              new NativeFloats(activations.length),
              new float[layer.biasCount()]);
    }
    return backward;
  }

  /** float32 [size, outputs], after {@link #forward}. */
  float[] activations() {
    return activations;
  }

  /** float32 [size, outputs]: what the activation was applied to; null if that is not kept. */
  float[] sums() {
    return sums;
  }

  /** float32 [size, outputs]: the gradient by x·W + b, to be set before {@link #backward}. */
  float[] deltas() {
    return backward().deltas();
  }

  /**
   * Computes the activations.
   *
   * @param inputs float32 [size, inputs]
   * @param rows of the product, at least as many: what is in those beyond does not matter
   * @param draws what is random in training; null without
   */
  void forward(float[] inputs, int size, int rows, StackPass.Draws draws) {
    int count = size * layer.inputs();
    if (dropped == null || draws == null) {
      x.put(inputs, count);
    } else {
      draws.mask(dropped.dropout, dropped.mask, count);
      for (int i = 0; i < count; i++) {
        dropped.values[i] = inputs[i] * dropped.mask[i];
      }
      x.put(dropped.values, count);
    }
    int length = size * layer.outputs();
    Blas.forward(x.pointer, weights, y.pointer, rows, layer.inputs(), layer.outputs());
    y.get(activations, length);
    addBiases(size);
    if (sums != null) {
      System.arraycopy(activations, 0, sums, 0, length);
    }
    activate(size, draws);
  }

  private void activate(int size, StackPass.Draws draws) {
    ActivationFunction activation = layer.activation();
    if (draws == null || layer.frozen()) {
      activation.apply(activations, size, layer.outputs());
    } else {
      long seed = activation.draws() ? draws.seed() : 0;
      activation.train(activations, size, layer.outputs(), seed);
    }
  }

  private void addBiases(int size) {
    if (biases.length == 0) {
      return;
    }
    parameters.buffer.get(layer.biasStart(), biases, 0, biases.length);
    for (int row = 0; row < size; row++) {
      for (int i = 0; i < biases.length; i++) {
        activations[row * biases.length + i] += biases[i];
      }
    }
  }

  /**
   * Writes this layer's part of the network's gradient.
   *
   * @param gradient of the whole network
   */
  void backward(NativeFloats gradient, int size) {
    Backward own = backward();
    own.mirror.put(own.deltas, size * layer.outputs());
    FloatPointer weightGradient = gradient.pointer.getPointer(layer.start());
    Blas.weightGradient(
        x.pointer, own.mirror.pointer, weightGradient, size, layer.inputs(), layer.outputs());
    if (layer.biased()) {
      sumDeltas(own, size);
      gradient.buffer.put(layer.biasStart(), own.biasGradient);
    }
  }

  private void sumDeltas(Backward own, int size) {
    float[] sum = own.biasGradient;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = 0;
    }
    for (int row = 0; row < size; row++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += own.deltas[row * sum.length + i];
      }
    }
  }

  /** Sets the deltas of the layer before from this layer's, after {@link #backward}. */
  void propagate(LayerPass before, int size) {
    Backward target = before.backward();
    int count = size * layer.inputs();
    Blas.inputGradient(
        backward().mirror.pointer,
        weights,
        target.mirror.pointer,
        size,
        layer.inputs(),
        layer.outputs());
    target.mirror.get(target.deltas, count);
    if (dropped != null) {
      for (int i = 0; i < count; i++) {
        target.deltas[i] *= dropped.mask[i];
      }
    }
    before
        .layer
        .activation()
        .backpropagate(before.sums, before.activations, target.deltas, size, layer.inputs());
  }
}
