package dev.lockstep.models.onednn;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A dense layer. Its weights are read where DL4J has them: column-major [inputs, outputs], which is
 * row-major [outputs, inputs].
 *
 * @param weights where they start among the parameters
 * @param bias where they start, or {@link Convolution#NONE}
 * @param activation of the result
 */
record Dense(long inputs, long outputs, int weights, int bias, Eltwise activation)
    implements Operation {

  Dense with(Eltwise next) {
    return new Dense(inputs, outputs, weights, bias, next);
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
    private final Layout weightLayout;
    private final Layout biasLayout;
    private final Tensor from;
    private final Tensor result;
    private final Primitive forward;

    Pass(Assembly assembly, Tensor input) {
      this.assembly = assembly;
      weightLayout = assembly.plain(outputs, inputs);
      biasLayout = assembly.plain(outputs);
      // A minibatch of sequences has a row for each of their steps.
      long rows = input.dims()[0];
      from = assembly.in(assembly.plain(rows, inputs), input);
      result = assembly.allocate(assembly.plain(rows, outputs));
      forward =
          assembly
              .primitive("a dense layer", activation, this::forward)
              .with(dnnl.DNNL_ARG_SRC, from)
              .with(dnnl.DNNL_ARG_WEIGHTS, assembly.parameter(weights, weightLayout))
              .with(dnnl.DNNL_ARG_DST, result);
      if (bias != Convolution.NONE) {
        forward.with(dnnl.DNNL_ARG_BIAS, assembly.parameter(bias, biasLayout));
      }
      assembly.run(forward);
    }

    private dnnl_memory_desc biasHandle() {
      return bias == Convolution.NONE ? null : biasLayout.handle();
    }

    private int forward(
        org.bytedeco.dnnl.dnnl_primitive_desc description,
        org.bytedeco.dnnl.dnnl_primitive_attr attribute) {
      return dnnl.dnnl_inner_product_forward_primitive_desc_create(
          description,
          OneDnn.engine(),
          assembly.propagation(),
          from.layout().handle(),
          weightLayout.handle(),
          biasHandle(),
          result.layout().handle(),
          attribute);
    }

    @Override
    public Tensor output() {
      return result;
    }

    @Override
    public List<Tensor> backpropagate(Tensor gradient, boolean down) {
      Tensor by =
          assembly.in(result.layout(), activation.backpropagate(assembly, result, gradient));
      byWeights(by);
      return Arrays.asList(down ? byInput(by) : null);
    }

    private void byWeights(Tensor by) {
      Primitive backward =
          assembly
              .primitive(
                  "a dense layer backwards by weights",
                  (description, attribute) ->
                      dnnl.dnnl_inner_product_backward_weights_primitive_desc_create(
                          description,
                          OneDnn.engine(),
                          from.layout().handle(),
                          weightLayout.handle(),
                          biasHandle(),
                          by.layout().handle(),
                          forward.description(),
                          attribute))
              .with(dnnl.DNNL_ARG_SRC, from)
              .with(dnnl.DNNL_ARG_DIFF_DST, by)
              .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, assembly.gradient(weights, weightLayout));
      if (bias != Convolution.NONE) {
        backward.with(dnnl.DNNL_ARG_DIFF_BIAS, assembly.gradient(bias, biasLayout));
      }
      assembly.run(backward);
    }

    private Tensor byInput(Tensor by) {
      Tensor to = assembly.allocate(from.layout());
      assembly.run(
          assembly
              .primitive(
                  "a dense layer backwards by input",
                  (description, attribute) ->
                      dnnl.dnnl_inner_product_backward_data_primitive_desc_create(
                          description,
                          OneDnn.engine(),
                          to.layout().handle(),
                          weightLayout.handle(),
                          by.layout().handle(),
                          forward.description(),
                          attribute))
              .with(dnnl.DNNL_ARG_DIFF_DST, by)
              .with(dnnl.DNNL_ARG_WEIGHTS, assembly.parameter(weights, weightLayout))
              .with(dnnl.DNNL_ARG_DIFF_SRC, to));
      return to;
    }
  }
}
