package dev.lockstep.models.onednn;

import java.util.List;

/**
 * Sequences as one row a step, or such rows as sequences again.
 *
 * @param channels of a step
 * @param steps of an example
 * @param joined whether the rows become sequences, else the other way
 */
record StepRows(long channels, long steps, boolean joined) implements Operation {
  private Layout layout(Assembly assembly, boolean sequences) {
    return sequences
        ? assembly.timeMajor(assembly.size(), channels, steps)
        : assembly.plain(assembly.size() * steps, channels);
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Layout before = layout(assembly, !joined);
    Layout after = layout(assembly, joined);
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
