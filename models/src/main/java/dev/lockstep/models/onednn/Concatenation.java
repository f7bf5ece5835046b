package dev.lockstep.models.onednn;

import java.util.ArrayList;
import java.util.List;

/**
 * Arrays placed beside each other in a larger one, in which all else is 0; of one array, padding.
 *
 * @param output dimensions of an example, channels first
 * @param corners where each input's first value is
 * @param channelsLast how the result lies in memory
 */
record Concatenation(long[] output, List<long[]> corners, boolean channelsLast)
    implements Operation {

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Layout whole = layout(assembly);
    Tensor result = assembly.allocate(whole);
    for (int i = 0; i < inputs.size(); i++) {
      assembly.copy(inputs.get(i), part(assembly, result, i, inputs.get(i).dims()));
    }
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        Tensor by = assembly.in(whole, gradient);
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
          Tensor part = assembly.allocate(inputs.get(i).layout());
          assembly.copy(part(assembly, by, i, part.dims()), part);
          parts.add(part);
        }
        return parts;
      }
    };
  }

  private Layout layout(Assembly assembly) {
    return assembly.strided(Shapes.batch(assembly.size(), output), strides());
  }

  private long[] strides() {
    return Shapes.strides(output, channelsLast);
  }

  private Tensor part(Assembly assembly, Tensor whole, int input, long[] dims) {
    long[] strides = strides();
    long offset = 0;
    for (int i = 0; i < output.length; i++) {
      offset += corners.get(input)[i] * strides[i + 1];
    }
    return assembly.view(whole, assembly.strided(dims, strides), offset);
  }
}
