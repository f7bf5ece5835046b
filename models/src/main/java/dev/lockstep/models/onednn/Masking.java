package dev.lockstep.models.onednn;

import dev.lockstep.models.math.InputNoise;
import dev.lockstep.models.math.InputNoise.Kind;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Dropout, or other noise, of values while training.
 *
 * @param place in the network, so that each has random numbers of its own
 */
record Masking(InputNoise noise, int place) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return assembly.training() ? masked(assembly, inputs.get(0)) : () -> inputs.get(0);
  }

  private Applied masked(Assembly assembly, Tensor from) {
    Layout layout = assembly.plain(from.dims());
    Tensor factors = assembly.allocate(layout);
    Tensor shifts = noise.shifts() ? assembly.allocate(layout) : null;
    assembly.run(drawing(assembly, factors, shifts));
    Tensor product = Join.binary(assembly, from, factors, Eltwise.NONE, dnnl.dnnl_binary_mul);
    Tensor result =
        shifts == null
            ? product
            : Join.binary(assembly, product, shifts, Eltwise.NONE, dnnl.dnnl_binary_add);
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        return List.of(
            Join.binary(assembly, gradient, factors, Eltwise.NONE, dnnl.dnnl_binary_mul));
      }
    };
  }

  private Runnable drawing(Assembly assembly, Tensor factors, Tensor shifts) {
    long[] dims = factors.dims();
    float[] values = new float[Shapes.length(dims)];
    float[] moved = new float[noise.shifts() ? values.length : 0];
    int places =
        noise.kind() == Kind.CHANNELS ? values.length / Shapes.length(dims[0], dims[1]) : 1;
    float[] drawn = places == 1 ? values : new float[values.length / places];
    return () -> {
      assembly.randomness().draw(noise, drawn, moved, place);
      if (drawn != values) {
        for (int i = 0; i < values.length; i++) {
          values[i] = drawn[i / places];
        }
      }
      factors.values().put(values, 0, values.length);
      if (shifts != null) {
        shifts.values().put(moved, 0, moved.length);
      }
    };
  }
}
