package dev.lockstep.models.onednn;

import java.util.List;

/** The last step of a sequence. */
record LastStep(long channels, long steps) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Layout sequences = assembly.channelsLast(assembly.size(), channels, steps);
    Layout rows = assembly.plain(assembly.size(), channels);
    Tensor result = assembly.in(rows, last(assembly, assembly.in(sequences, inputs.get(0))));
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        // All but the last step is 0 and stays so.
        Tensor to = assembly.allocate(sequences);
        assembly.copy(gradient, last(assembly, to));
        return List.of(to);
      }
    };
  }

  private Tensor last(Assembly assembly, Tensor sequence) {
    long[] dims = {assembly.size(), channels};
    long[] strides = {steps * channels, 1};
    return assembly.view(sequence, assembly.strided(dims, strides), (steps - 1) * channels);
  }
}
