package dev.lockstep.models.onednn;

import dev.lockstep.models.math.ActivationFunction;
import java.util.List;

/**
 * An activation that Java computes, of rows with the channels of one place.
 *
 * @param place in the network, so that each has random numbers of its own; or {@link #SETTLED}
 */
record HeapActivation(ActivationFunction function, int place) implements Operation {
  /** As without training. */
  private static final int SETTLED = -1;

  /** The same, as without training. */
  HeapActivation settled() {
    return new HeapActivation(function, SETTLED);
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new Pass(assembly, inputs.get(0));
  }

  private final class Pass implements Applied {
    private final Assembly assembly;
    private final Layout layout;
    private final Tensor from;
    private final Tensor result;
    private final int columns;
    private final int rows;
    private final float[] before;
    private final float[] after;
    private final float[] deltas;

    Pass(Assembly assembly, Tensor input) {
      this.assembly = assembly;
      layout = assembly.channelsLast(input.dims());
      from = assembly.in(layout, input);
      result = assembly.allocate(layout);
      columns = Math.toIntExact(layout.dims()[1]);
      after = new float[Shapes.length(layout.dims())];
      rows = after.length / columns;
      before = function.needsInputs() && assembly.training() ? new float[after.length] : null;
      deltas = assembly.training() ? new float[after.length] : null;
      assembly.run(this::activate);
    }

    private void activate() {
      from.values().get(after, 0, after.length);
      if (before != null) {
        System.arraycopy(after, 0, before, 0, after.length);
      }
      if (assembly.training() && place != SETTLED) {
        long seed = function.draws() ? assembly.randomness().at(place) : 0;
        function.train(after, rows, columns, seed);
      } else {
        function.apply(after, rows, columns);
      }
      result.values().put(after, 0, after.length);
    }

    @Override
    public Tensor output() {
      return result;
    }

    @Override
    public List<Tensor> backpropagate(Tensor gradient, boolean down) {
      Tensor by = assembly.in(layout, gradient);
      Tensor to = assembly.allocate(layout);
      assembly.run(
          () -> {
            by.values().get(deltas, 0, deltas.length);
            function.backpropagate(before, after, deltas, rows, columns);
            to.values().put(deltas, 0, deltas.length);
          });
      return List.of(to);
    }
  }
}
