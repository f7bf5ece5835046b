package dev.lockstep.models.onednn;

import java.util.List;

/**
 * Some channels of an array, or, as cropping, some places.
 *
 * @param input dimensions of an example, channels first
 * @param output likewise
 * @param corner where the result's first value is
 * @param channelsLast how the arrays lie in memory
 */
record Excerpt(long[] input, long[] output, long[] corner, boolean channelsLast)
    implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Layout whole = layout(assembly, input);
    Tensor from = assembly.in(whole, inputs.get(0));
    Tensor result = assembly.allocate(layout(assembly, output));
    assembly.copy(part(assembly, from), result);
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        // All but the part is 0 and stays so.
        Tensor to = assembly.allocate(whole);
        assembly.copy(gradient, part(assembly, to));
        return List.of(to);
      }
    };
  }

  private Layout layout(Assembly assembly, long... example) {
    return assembly.strided(
        Shapes.batch(assembly.size(), example), Shapes.strides(example, channelsLast));
  }

  private Tensor part(Assembly assembly, Tensor whole) {
    long[] strides = Shapes.strides(input, channelsLast);
    long offset = 0;
    for (int i = 0; i < corner.length; i++) {
      offset += corner[i] * strides[i + 1];
    }
    long[] dims = Shapes.batch(assembly.size(), output);
    return assembly.view(whole, assembly.strided(dims, strides), offset);
  }
}
