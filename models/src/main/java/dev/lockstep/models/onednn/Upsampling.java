package dev.lockstep.models.onednn;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Each value repeated.
 *
 * @param output channels, then the size of an example: [c, h, w]
 */
record Upsampling(long[] output) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Tensor from = inputs.get(0);
    Layout any = assembly.any(Shapes.batch(assembly.size(), output));
    float[] factors = new float[output.length - 1];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) output[i + 1] / from.dims()[i + 2];
    }
    Primitive forward =
        assembly.primitive(
            "upsampling",
            (description, attribute) ->
                dnnl.dnnl_resampling_forward_primitive_desc_create(
                    description,
                    OneDnn.engine(),
                    assembly.propagation(),
                    dnnl.dnnl_resampling_nearest,
                    factors,
                    from.layout().handle(),
                    any.handle(),
                    attribute));
    Tensor result = assembly.allocate(forward.layout(dnnl.dnnl_query_dst_md, any.dims()));
    assembly.run(forward.with(dnnl.DNNL_ARG_SRC, from).with(dnnl.DNNL_ARG_DST, result));
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        Tensor by = assembly.in(result.layout(), gradient);
        Tensor to = assembly.allocate(from.layout());
        assembly.run(
            assembly
                .primitive(
                    "upsampling backwards",
                    (description, attribute) ->
                        dnnl.dnnl_resampling_backward_primitive_desc_create(
                            description,
                            OneDnn.engine(),
                            dnnl.dnnl_resampling_nearest,
                            factors,
                            to.layout().handle(),
                            by.layout().handle(),
                            forward.description(),
                            attribute))
                .with(dnnl.DNNL_ARG_DIFF_DST, by)
                .with(dnnl.DNNL_ARG_DIFF_SRC, to));
        return List.of(to);
      }
    };
  }
}
