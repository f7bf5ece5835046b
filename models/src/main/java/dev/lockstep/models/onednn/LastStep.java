package dev.lockstep.models.onednn;

import java.util.Arrays;
import java.util.List;

/**
 * The last step of each sequence.
 *
 * @param mask whose last step that counts it is, the first if none does; null for the last of all
 */
record LastStep(int channels, int steps, StepMask mask) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Tensor from = assembly.in(layout(assembly), inputs.get(0));
    return mask == null ? last(assembly, from) : new Masked(assembly, from);
  }

  private Layout layout(Assembly assembly) {
    return assembly.timeMajor(assembly.size(), channels, steps);
  }

  private Tensor step(Assembly assembly, Tensor sequences) {
    Layout rows = assembly.plain(assembly.size(), channels);
    return assembly.view(sequences, rows, (steps - 1L) * assembly.size() * channels);
  }

  private Applied last(Assembly assembly, Tensor from) {
    Tensor result = step(assembly, from);
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        // All but the last step is 0 and stays so.
        Tensor to = assembly.allocate(from.layout());
        assembly.copy(gradient, step(assembly, to));
        return List.of(to);
      }
    };
  }

  private final class Masked implements Applied {
    private final Assembly assembly;
    private final Tensor result;
    private final float[] factors;
    private final float[] rows;
    private final float[] values;

    Masked(Assembly assembly, Tensor from) {
      this.assembly = assembly;
      factors = assembly.mask(mask, steps);
      rows = new float[assembly.size() * channels];
      values = new float[rows.length * steps];
      result = assembly.allocate(assembly.plain(assembly.size(), channels));
      assembly.run(
          () -> {
            from.values().get(values, 0, values.length);
            for (int row = 0; row < assembly.size(); row++) {
              System.arraycopy(values, start(row), rows, row * channels, channels);
            }
            result.values().put(rows, 0, rows.length);
          });
    }

    private int start(int row) {
      int step = steps - 1;
      while (step > 0 && factors[row * steps + step] == 0) {
        step--;
      }
      return (step * assembly.size() + row) * channels;
    }

    @Override
    public Tensor output() {
      return result;
    }

    @Override
    public List<Tensor> backpropagate(Tensor gradient, boolean down) {
      Tensor by = assembly.in(result.layout(), gradient);
      Tensor to = assembly.allocate(layout(assembly));
      assembly.run(
          () -> {
            by.values().get(rows, 0, rows.length);
            Arrays.fill(values, 0);
            for (int row = 0; row < assembly.size(); row++) {
              System.arraycopy(rows, row * channels, values, start(row), channels);
            }
            to.values().put(values, 0, values.length);
          });
      return List.of(to);
    }
  }
}
