package dev.lockstep.models.onednn;

import java.util.List;

/**
 * The same values under other dimensions.
 *
 * @param input the dimensions of an example
 * @param output likewise
 * @param channelsLast whether the order of the values is that of channels last, else first
 */
record Reshape(long[] input, long[] output, boolean channelsLast) implements Operation {

  private Layout layout(Assembly assembly, long... example) {
    long[] dims = Shapes.batch(assembly.size(), example);
    return channelsLast ? assembly.channelsLast(dims) : assembly.plain(dims);
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Layout before = layout(assembly, input);
    Layout after = layout(assembly, output);
    Tensor result = assembly.view(assembly.in(before, inputs.get(0)), after);
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        return List.of(assembly.view(assembly.in(after, gradient), before));
      }
    };
  }
}
