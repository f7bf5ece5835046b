package dev.lockstep.models.onednn;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Convolution over one or two dimensions of space.
 *
 * @param input channels, then the size of an example: [c, h, w]
 * @param output likewise
 * @param groups into which the channels are divided; each sees its own only
 * @param weights where they are and how they lie: [groups · out, in, h, w]
 * @param bias where they start among the parameters, or {@link #NONE}
 * @param activation of the result
 * @param form which of the two it is
 * @param derived whether the derivative of the activation is left to what comes next
 */
record Convolution(
    long[] input,
    long[] output,
    Window window,
    int groups,
    Kernels weights,
    int bias,
    Eltwise activation,
    Form form,
    boolean derived)
    implements Operation {
  static final int NONE = -1;

  /** Which way windows are gone through. */
  enum Form {
    /** From a window to a value. */
    USUAL,
    /** From a value to a window, which is what is done backwards by the usual one's input. */
    TRANSPOSED
  }

  /** Below this many input channels Winograd's algorithm is slower than the direct one. */
  private static final int WINOGRAD_CHANNELS = 16;

  private static final int[] DIRECT = {dnnl.dnnl_convolution_direct};
  private static final int[] TRANSPOSED = {dnnl.dnnl_deconvolution_direct};
  private static final int[] WINOGRAD = {
    dnnl.dnnl_convolution_winograd, dnnl.dnnl_convolution_direct
  };

  Convolution with(Eltwise next) {
    return new Convolution(input, output, window, groups, weights, bias, next, form, derived);
  }

  /** The same whose activation is derived by what comes next. */
  Convolution derivedLater() {
    return new Convolution(input, output, window, groups, weights, bias, activation, form, true);
  }

  private int[] algorithms() {
    if (form == Form.TRANSPOSED) {
      return TRANSPOSED;
    }
    return groups == 1 && window.isThreeByThree() && input[0] >= WINOGRAD_CHANNELS
        ? WINOGRAD
        : DIRECT;
  }

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new Pass(assembly, inputs.get(0));
  }

  private final class Pass implements Applied {
    private final Assembly assembly;
    private final Tensor from;
    private final long[] source;
    private final long[] target;
    private final long[] kernel;
    private final Tensor plainWeights;
    private final dnnl_memory_desc biasLayout;
    private final Primitive forward;
    private final Tensor result;

    Pass(Assembly assembly, Tensor from) {
      this.assembly = assembly;
      this.from = from;
      source = Shapes.batch(assembly.size(), input);
      target = Shapes.batch(assembly.size(), output);
      plainWeights = weights.parameters(assembly);
      kernel = plainWeights.dims();
      biasLayout = bias == NONE ? null : assembly.plain(output[0]).handle();
      forward = forward();
      result = assembly.allocate(forward.layout(dnnl.dnnl_query_dst_md, target));
      forward
          .with(
              dnnl.DNNL_ARG_SRC, assembly.in(forward.layout(dnnl.dnnl_query_src_md, source), from))
          .with(dnnl.DNNL_ARG_WEIGHTS, weights(forward))
          .with(dnnl.DNNL_ARG_DST, result);
      if (bias != NONE) {
        forward.with(dnnl.DNNL_ARG_BIAS, assembly.parameter(bias, assembly.plain(output[0])));
      }
      assembly.run(forward);
    }

    private Tensor weights(Primitive primitive) {
      return assembly.in(primitive.layout(dnnl.dnnl_query_weights_md, kernel), plainWeights);
    }

    private Primitive forward() {
      dnnl_memory_desc src = assembly.any(source).handle();
      dnnl_memory_desc by = assembly.any(kernel).handle();
      dnnl_memory_desc dst = assembly.any(target).handle();
      return assembly.firstPossible(
          "convolution",
          activation,
          algorithms(),
          algorithm ->
              (description, attribute) ->
                  form == Form.TRANSPOSED
                      ? dnnl.dnnl_deconvolution_forward_primitive_desc_create(
                          description,
                          OneDnn.engine(),
                          assembly.propagation(),
                          algorithm,
                          src,
                          by,
                          biasLayout,
                          dst,
                          window.strides(),
                          window.skips(),
                          window.before(),
                          window.after(),
                          attribute)
                      : dnnl.dnnl_convolution_forward_primitive_desc_create(
                          description,
                          OneDnn.engine(),
                          assembly.propagation(),
                          algorithm,
                          src,
                          by,
                          biasLayout,
                          dst,
                          window.strides(),
                          window.skips(),
                          window.before(),
                          window.after(),
                          attribute));
    }

    @Override
    public Tensor output() {
      return result;
    }

    @Override
    public List<Tensor> backpropagate(Tensor gradient, boolean down) {
      Tensor by = derived ? gradient : activation.backpropagate(assembly, result, gradient);
      byWeights(by);
      return Arrays.asList(down ? byInput(by) : null);
    }

    private void byWeights(Tensor by) {
      dnnl_memory_desc src = assembly.any(source).handle();
      dnnl_memory_desc to = assembly.any(kernel).handle();
      dnnl_memory_desc dst = assembly.any(target).handle();
      Primitive backward =
          assembly.firstPossible(
              "convolution backwards by weights",
              Eltwise.NONE,
              algorithms(),
              algorithm ->
                  (description, attribute) ->
                      form == Form.TRANSPOSED
                          ? dnnl.dnnl_deconvolution_backward_weights_primitive_desc_create(
                              description,
                              OneDnn.engine(),
                              algorithm,
                              src,
                              to,
                              biasLayout,
                              dst,
                              window.strides(),
                              window.skips(),
                              window.before(),
                              window.after(),
                              forward.description(),
                              attribute)
                          : dnnl.dnnl_convolution_backward_weights_primitive_desc_create(
                              description,
                              OneDnn.engine(),
                              algorithm,
                              src,
                              to,
                              biasLayout,
                              dst,
                              window.strides(),
                              window.skips(),
                              window.before(),
                              window.after(),
                              forward.description(),
                              attribute));
      backward
          .with(
              dnnl.DNNL_ARG_SRC, assembly.in(backward.layout(dnnl.dnnl_query_src_md, source), from))
          .with(
              dnnl.DNNL_ARG_DIFF_DST,
              assembly.in(backward.layout(dnnl.dnnl_query_diff_dst_md, target), by));
      if (bias != NONE) {
        backward.with(dnnl.DNNL_ARG_DIFF_BIAS, assembly.gradient(bias, assembly.plain(output[0])));
      }
      assembly.runInto(
          backward,
          dnnl.DNNL_ARG_DIFF_WEIGHTS,
          backward.layout(dnnl.dnnl_query_diff_weights_md, kernel),
          weights.gradient(assembly));
    }

    private Tensor byInput(Tensor by) {
      dnnl_memory_desc to = assembly.any(source).handle();
      dnnl_memory_desc through = assembly.any(kernel).handle();
      dnnl_memory_desc dst = assembly.any(target).handle();
      Primitive backward =
          assembly.firstPossible(
              "convolution backwards by input",
              Eltwise.NONE,
              algorithms(),
              algorithm ->
                  (description, attribute) ->
                      form == Form.TRANSPOSED
                          ? dnnl.dnnl_deconvolution_backward_data_primitive_desc_create(
                              description,
                              OneDnn.engine(),
                              algorithm,
                              to,
                              through,
                              dst,
                              window.strides(),
                              window.skips(),
                              window.before(),
                              window.after(),
                              forward.description(),
                              attribute)
                          : dnnl.dnnl_convolution_backward_data_primitive_desc_create(
                              description,
                              OneDnn.engine(),
                              algorithm,
                              to,
                              through,
                              dst,
                              window.strides(),
                              window.skips(),
                              window.before(),
                              window.after(),
                              forward.description(),
                              attribute));
      Tensor sourceGradient =
          assembly.allocate(backward.layout(dnnl.dnnl_query_diff_src_md, source));
      assembly.run(
          backward
              .with(
                  dnnl.DNNL_ARG_DIFF_DST,
                  assembly.in(backward.layout(dnnl.dnnl_query_diff_dst_md, target), by))
              .with(dnnl.DNNL_ARG_WEIGHTS, weights(backward))
              .with(dnnl.DNNL_ARG_DIFF_SRC, sourceGradient));
      return sourceGradient;
    }
  }
}
