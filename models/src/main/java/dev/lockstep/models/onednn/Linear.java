package dev.lockstep.models.onednn;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/** factor · x + shift. */
record Linear(float factor, float shift) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Tensor result = eltwise(shift).apply(assembly, inputs.get(0));
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        return List.of(eltwise(0).apply(assembly, gradient));
      }
    };
  }

  private Eltwise eltwise(float beta) {
    return new Eltwise(dnnl.dnnl_eltwise_linear, 0, factor, beta);
  }
}
