package dev.lockstep.models.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An operation that Java computes in the heap. All arrays are float32 [size, places, channels], the
 * channels of one place side by side.
 */
abstract class HeapPass implements Operation.Applied {
  private final Assembly assembly;
  private final List<Tensor> from = new ArrayList<>();
  private final Tensor result;
  private final float[][] inputs;
  private final float[] output;

  /**
   * @param dims of the result, minibatch and channels first
   */
  HeapPass(Assembly assembly, List<Tensor> inputs, long... dims) {
    this.assembly = assembly;
    this.inputs = new float[inputs.size()][];
    for (int i = 0; i < inputs.size(); i++) {
      from.add(placed(inputs.get(i)));
      this.inputs[i] = new float[Shapes.length(inputs.get(i).dims())];
    }
    result = assembly.allocate(layout(dims));
    output = new float[Shapes.length(dims)];
    assembly.run(
        () -> {
          for (int i = 0; i < this.inputs.length; i++) {
            from.get(i).values().get(this.inputs[i], 0, this.inputs[i].length);
          }
          forward(this.inputs, output);
          result.values().put(output, 0, output.length);
        });
  }

  private Tensor placed(Tensor tensor) {
    return assembly.in(layout(tensor.dims()), tensor);
  }

  private Layout layout(long... dims) {
    return assembly.channelsLast(dims);
  }

  /** Writes the result. */
  abstract void forward(float[][] inputs, float[] output);

  /**
   * Writes the gradient by each input.
   *
   * @param by the gradient by the result
   * @param byInputs all 0 on entry
   */
  abstract void backward(float[][] inputs, float[] output, float[] by, float[][] byInputs);

  @Override
  public Tensor output() {
    return result;
  }

  @Override
  public List<Tensor> backpropagate(Tensor gradient, boolean down) {
    Tensor by = placed(gradient);
    List<Tensor> to = from.stream().map(tensor -> assembly.allocate(tensor.layout())).toList();
    float[] deltas = new float[output.length];
    float[][] byInputs = new float[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      byInputs[i] = new float[inputs[i].length];
    }
    assembly.run(
        () -> {
          by.values().get(deltas, 0, deltas.length);
          for (float[] values : byInputs) {
            Arrays.fill(values, 0);
          }
          backward(inputs, output, deltas, byInputs);
          for (int i = 0; i < byInputs.length; i++) {
            to.get(i).values().put(byInputs[i], 0, byInputs[i].length);
          }
        });
    return to;
  }
}
