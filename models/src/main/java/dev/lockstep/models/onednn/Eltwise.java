package dev.lockstep.models.onednn;

import java.io.Serializable;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.global.dnnl;

/**
 * An activation that the library computes, whose derivative follows from its result.
 *
 * @param forward the library's number of it
 * @param backward the number of its derivative by its result
 * @param alpha its first parameter, such as the slope below 0
 * @param beta its second
 */
record Eltwise(int forward, int backward, float alpha, float beta) implements Serializable {
  /** The identity. */
  static final Eltwise NONE = new Eltwise(0, 0, 0, 0);

  static final Eltwise RELU = relu(0);
  static final Eltwise TANH =
      new Eltwise(dnnl.dnnl_eltwise_tanh, dnnl.dnnl_eltwise_tanh_use_dst_for_bwd, 0, 0);
  static final Eltwise SIGMOID =
      new Eltwise(dnnl.dnnl_eltwise_logistic, dnnl.dnnl_eltwise_logistic_use_dst_for_bwd, 0, 0);

  /** With a slope below 0. */
  static Eltwise relu(float slope) {
    return new Eltwise(dnnl.dnnl_eltwise_relu, dnnl.dnnl_eltwise_relu_use_dst_for_bwd, slope, 0);
  }

  boolean isNone() {
    return equals(NONE);
  }

  /** Makes it the last part of an operation. */
  void append(dnnl_primitive_attr attribute) {
    if (isNone()) {
      return;
    }
    dnnl_post_ops operations = new dnnl_post_ops();
    OneDnn.check(dnnl.dnnl_post_ops_create(operations), "an activation");
    try {
      OneDnn.check(
          dnnl.dnnl_post_ops_append_eltwise(operations, forward, alpha, beta), "an activation");
      OneDnn.check(dnnl.dnnl_primitive_attr_set_post_ops(attribute, operations), "an activation");
    } finally {
      dnnl.dnnl_post_ops_destroy(operations);
    }
  }

  /** Leaves the activation of a tensor to be run. */
  Tensor apply(Assembly assembly, Tensor from) {
    if (isNone()) {
      return from;
    }
    Tensor to = assembly.allocate(from.layout());
    assembly.run(forward(assembly, from, to));
    return to;
  }

  private Primitive forward(Assembly assembly, Tensor from, Tensor to) {
    return make(assembly, from, to).with(dnnl.DNNL_ARG_SRC, from).with(dnnl.DNNL_ARG_DST, to);
  }

  private Primitive make(Assembly assembly, Tensor from, Tensor to) {
    return assembly.primitive(
        "an activation",
        (description, attribute) ->
            dnnl.dnnl_eltwise_forward_primitive_desc_create(
                description,
                OneDnn.engine(),
                assembly.propagation(),
                forward,
                from.layout().handle(),
                to.layout().handle(),
                alpha,
                beta,
                attribute));
  }

  /**
   * Leaves its derivative to be run.
   *
   * @param result of the activation
   * @param gradient by the result
   * @return the gradient by what it was applied to, in the layout of the result
   */
  Tensor backpropagate(Assembly assembly, Tensor result, Tensor gradient) {
    if (isNone()) {
      return gradient;
    }
    Tensor by = assembly.in(result.layout(), gradient);
    Tensor to = assembly.allocate(result.layout());
    assembly.run(
        assembly
            .primitive(
                "an activation backwards",
                (description, attribute) -> backward(description, attribute, result))
            .with(dnnl.DNNL_ARG_DST, result)
            .with(dnnl.DNNL_ARG_DIFF_DST, by)
            .with(dnnl.DNNL_ARG_DIFF_SRC, to));
    return to;
  }

  private int backward(
      org.bytedeco.dnnl.dnnl_primitive_desc description,
      dnnl_primitive_attr attribute,
      Tensor result) {
    // The library wants a forward description as a hint.
    org.bytedeco.dnnl.dnnl_primitive_desc hint = new org.bytedeco.dnnl.dnnl_primitive_desc();
    OneDnn.check(
        dnnl.dnnl_eltwise_forward_primitive_desc_create(
            hint,
            OneDnn.engine(),
            dnnl.dnnl_forward_training,
            backward,
            result.layout().handle(),
            result.layout().handle(),
            alpha,
            beta,
            (dnnl_primitive_attr) null),
        "an activation");
    try {
      return dnnl.dnnl_eltwise_backward_primitive_desc_create(
          description,
          OneDnn.engine(),
          backward,
          result.layout().handle(),
          result.layout().handle(),
          result.layout().handle(),
          alpha,
          beta,
          hint,
          attribute);
    } finally {
      dnnl.dnnl_primitive_desc_destroy(hint);
    }
  }
}
