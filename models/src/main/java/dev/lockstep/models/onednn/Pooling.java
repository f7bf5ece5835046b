package dev.lockstep.models.onednn;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The maximum, the mean or the sum of the values in a window.
 *
 * @param output channels, then the size of an example: [c, h, w]
 * @param activation whose derivative is taken here, of the fewer values, as it commutes with the
 *     maximum
 */
record Pooling(Kind kind, long[] output, Window window, Eltwise activation) implements Operation {

  /** What is made of a window's values. */
  enum Kind {
    MAX(dnnl.dnnl_pooling_max),
    /** With the zeros of the padding. */
    MEAN(dnnl.dnnl_pooling_avg_include_padding),
    /** Without the padding. */
    MEAN_OF_PRESENT(dnnl.dnnl_pooling_avg_exclude_padding);

    private final int algorithm;

    Kind(int algorithm) {
      this.algorithm = algorithm;
    }
  }

  Pooling deriving(Eltwise before) {
    return new Pooling(kind, output, window, before);
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new Pass(assembly, inputs.get(0));
  }

  private final class Pass implements Applied {
    private final Assembly assembly;
    private final Tensor from;
    private final Primitive forward;
    private final Tensor result;
    private final Tensor workspace;

    Pass(Assembly assembly, Tensor from) {
      this.assembly = assembly;
      this.from = from;
      long[] target = Shapes.batch(assembly.size(), output);
      Layout any = assembly.any(target);
      forward =
          assembly.primitive(
              "pooling",
              (description, attribute) ->
                  dnnl.dnnl_pooling_forward_primitive_desc_create(
                      description,
                      OneDnn.engine(),
                      assembly.propagation(),
                      kind.algorithm,
                      from.layout().handle(),
                      any.handle(),
                      window.strides(),
                      window.kernel(),
                      window.skips(),
                      window.before(),
                      window.after(),
                      attribute));
      result = assembly.allocate(forward.layout(dnnl.dnnl_query_dst_md, target));
      forward.with(dnnl.DNNL_ARG_SRC, from).with(dnnl.DNNL_ARG_DST, result);
      workspace = assembly.workspace(forward);
      if (workspace != null) {
        forward.with(dnnl.DNNL_ARG_WORKSPACE, workspace);
      }
      assembly.run(forward);
    }

    @Override
    public Tensor output() {
      return result;
    }

    @Override
    public List<Tensor> backpropagate(Tensor gradient, boolean down) {
      if (!down) {
        return Arrays.asList((Tensor) null);
      }
      Tensor by =
          assembly.in(result.layout(), activation.backpropagate(assembly, result, gradient));
      Tensor to = assembly.allocate(from.layout());
      Primitive backward =
          assembly
              .primitive(
                  "pooling backwards",
                  (description, attribute) ->
                      dnnl.dnnl_pooling_backward_primitive_desc_create(
                          description,
                          OneDnn.engine(),
                          kind.algorithm,
                          to.layout().handle(),
                          by.layout().handle(),
                          window.strides(),
                          window.kernel(),
                          window.skips(),
                          window.before(),
                          window.after(),
                          forward.description(),
                          attribute))
              .with(dnnl.DNNL_ARG_DIFF_DST, by)
              .with(dnnl.DNNL_ARG_DIFF_SRC, to);
      if (workspace != null) {
        backward.with(dnnl.DNNL_ARG_WORKSPACE, workspace);
      }
      assembly.run(backward);
      return List.of(to);
    }
  }
}
