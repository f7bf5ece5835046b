package dev.lockstep.models;

import org.bytedeco.javacpp.FloatPointer;

/** One dense layer forwards and backwards, with the buffers for a minibatch of limited size. */
final class LayerPass {
  private final DenseStack.Layer layer;
  private final FloatPointer weights;
  private final FloatPointer weightGradient;
  private final MirroredFloats activations;
  private final MirroredFloats deltas;

  /**
   * @param parameters of the whole network
   * @param capacity how many examples the largest minibatch has
   */
  LayerPass(DenseStack.Layer layer, FloatPointer parameters, int capacity) {
    this.layer = layer;
    weights = parameters.getPointer(layer.start());
    weightGradient = new FloatPointer(layer.weightCount());
    int length = Math.multiplyExact(capacity, layer.outputs());
    activations = new MirroredFloats(length);
    deltas = new MirroredFloats(length);
  }

  /** float32 [size, outputs], after {@link #forward}. */
  float[] activations() {
    return activations.heap;
  }

  /** The activations where native code reads them, after {@link #uploadActivations}. */
  FloatPointer activationMirror() {
    return activations.mirror;
  }

  void uploadActivations(int size) {
    activations.upload(size * layer.outputs());
  }

  /** float32 [size, outputs]: the gradient by x·W + b, to be set before {@link #backward}. */
  float[] deltas() {
    return deltas.heap;
  }

  /**
   * Computes the activations.
   *
   * @param x float32 [size, inputs]
   * @param parameters of the whole network
   */
  void forward(FloatPointer x, float[] parameters, int size) {
    Blas.forward(x, weights, activations.mirror, size, layer.inputs(), layer.outputs());
    activations.download(size * layer.outputs());
    addBiases(parameters, size);
    layer.activation().apply(activations.heap, size, layer.outputs());
  }

  private void addBiases(float[] parameters, int size) {
    float[] values = activations.heap;
    int outputs = layer.outputs();
    int start = layer.biasStart();
    for (int row = 0; row < size; row++) {
      for (int i = 0; i < outputs; i++) {
        values[row * outputs + i] += parameters[start + i];
      }
    }
  }

  /**
   * Writes this layer's part of the network's gradient.
   *
   * @param x as {@link #forward} had it
   */
  void backward(FloatPointer x, float[] gradient, int size) {
    deltas.upload(size * layer.outputs());
    Blas.weightGradient(x, deltas.mirror, weightGradient, size, layer.inputs(), layer.outputs());
    weightGradient.get(gradient, layer.start(), layer.weightCount());
    sumDeltas(gradient, size);
  }

  private void sumDeltas(float[] gradient, int size) {
    float[] values = deltas.heap;
    int outputs = layer.outputs();
    int start = layer.biasStart();
    for (int i = 0; i < outputs; i++) {
      gradient[start + i] = 0;
    }
    for (int row = 0; row < size; row++) {
      for (int i = 0; i < outputs; i++) {
        gradient[start + i] += values[row * outputs + i];
      }
    }
  }

  /** Sets the deltas of the layer before from this layer's, after {@link #backward}. */
  void propagate(LayerPass before, int size) {
    Blas.inputGradient(
        deltas.mirror, weights, before.deltas.mirror, size, layer.inputs(), layer.outputs());
    before.deltas.download(size * layer.inputs());
    before
        .layer
        .activation()
        .backpropagate(before.activations.heap, before.deltas.heap, size, layer.inputs());
  }
}
