package dev.lockstep.models.onednn;

import java.util.List;

/** A sequence from its last step to its first. */
record Reversal(long channels, long steps) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Tensor result = reversed(assembly, inputs.get(0));
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        return List.of(reversed(assembly, gradient));
      }
    };
  }

  private Tensor reversed(Assembly assembly, Tensor sequence) {
    Layout layout = assembly.timeMajor(assembly.size(), channels, steps);
    int count = Math.toIntExact(steps);
    int width = Math.toIntExact(channels);
    Tensor to = assembly.allocate(layout);
    Steps before = new Steps(assembly.in(layout, sequence), assembly.size(), count, width);
    Steps after = new Steps(to, assembly.size(), count, width);
    float[] step = new float[assembly.size() * width];
    assembly.run(
        () -> {
          for (int i = 0; i < count; i++) {
            before.read(i, step);
            after.write(count - 1 - i, step);
          }
        });
    return to;
  }
}
