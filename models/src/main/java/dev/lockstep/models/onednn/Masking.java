package dev.lockstep.models.onednn;

import dev.lockstep.models.math.Dropout;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Dropout of values while training.
 *
 * @param place in the network, so that each has a mask of its own
 */
record Masking(Dropout dropout, int place) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return assembly.training() ? masked(assembly, inputs.get(0)) : () -> inputs.get(0);
  }

  private Applied masked(Assembly assembly, Tensor from) {
    Tensor mask = assembly.allocate(assembly.plain(from.dims()));
    float[] values = new float[Shapes.length(from.dims())];
    assembly.run(
        () -> {
          assembly.randomness().draw(dropout, values, place);
          mask.values().put(values, 0, values.length);
        });
    Tensor result = Join.binary(assembly, from, mask, Eltwise.NONE, dnnl.dnnl_binary_mul);
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        return List.of(Join.binary(assembly, gradient, mask, Eltwise.NONE, dnnl.dnnl_binary_mul));
      }
    };
  }
}
