package dev.lockstep.models.blas;

import org.bytedeco.javacpp.FloatPointer;

/** One dense layer forwards and backwards, with the buffers for a minibatch of limited size. */
final class LayerPass {
  private final DenseStack.Layer layer;
  private final FloatPointer weights;
  private final MirroredFloats activations;
  private Backward backward;

  /** What only training needs. */
  private record Backward(FloatPointer weightGradient, MirroredFloats deltas) {}

  /**
   * @param parameters of the whole network
   * @param capacity how many examples the largest minibatch has
   */
  LayerPass(DenseStack.Layer layer, FloatPointer parameters, int capacity) {
    this.layer = layer;
    weights = parameters.getPointer(layer.start());
    activations = new MirroredFloats(Math.multiplyExact(capacity, layer.outputs()));
  }

  private Backward backward() {
    if (backward == null) {
      backward =
          new Backward(
              new FloatPointer(layer.weightCount()), new MirroredFloats(activations.heap.length));
    }
    return backward;
  }

  private MirroredFloats mirroredDeltas() {
    return backward().deltas();
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
    return mirroredDeltas().heap;
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
    MirroredFloats deltas = mirroredDeltas();
    FloatPointer weightGradient = backward().weightGradient();
    deltas.upload(size * layer.outputs());
    Blas.weightGradient(x, deltas.mirror, weightGradient, size, layer.inputs(), layer.outputs());
    weightGradient.get(gradient, layer.start(), layer.weightCount());
    sumDeltas(gradient, size);
  }

  private void sumDeltas(float[] gradient, int size) {
    float[] values = deltas();
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
    MirroredFloats deltasBefore = before.mirroredDeltas();
    Blas.inputGradient(
        mirroredDeltas().mirror,
        weights,
        deltasBefore.mirror,
        size,
        layer.inputs(),
        layer.outputs());
    deltasBefore.download(size * layer.inputs());
    before
        .layer
        .activation()
        .backpropagate(before.activations.heap, deltasBefore.heap, size, layer.inputs());
  }
}
