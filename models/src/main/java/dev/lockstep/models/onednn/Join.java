package dev.lockstep.models.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Several arrays of the same dimensions joined value by value.
 *
 * @param activation of the result
 */
record Join(Kind kind, Eltwise activation) implements Operation {

  /** How values are joined. */
  enum Kind {
    SUM,
    /** The first less the second. */
    DIFFERENCE,
    MEAN
  }

  Join with(Eltwise next) {
    return new Join(kind, next);
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    Tensor joined = join(assembly, inputs);
    return new Applied() {
      @Override
      public Tensor output() {
        return joined;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        Tensor by = activation.backpropagate(assembly, joined, gradient);
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
          parts.add(
              switch (kind) {
                case SUM -> by;
                case DIFFERENCE -> i == 0 ? by : scaled(assembly, by, -1);
                case MEAN -> scaled(assembly, by, 1f / inputs.size());
              });
        }
        return parts;
      }
    };
  }

  private Tensor join(Assembly assembly, List<Tensor> inputs) {
    int operation = kind == Kind.DIFFERENCE ? dnnl.dnnl_binary_sub : dnnl.dnnl_binary_add;
    Tensor joined = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1 && kind != Kind.MEAN;
      joined = binary(assembly, joined, inputs.get(i), last ? activation : Eltwise.NONE, operation);
    }
    return kind == Kind.MEAN
        ? activation.apply(assembly, scaled(assembly, joined, 1f / inputs.size()))
        : joined;
  }

  private static Tensor scaled(Assembly assembly, Tensor tensor, float factor) {
    return new Eltwise(dnnl.dnnl_eltwise_linear, 0, factor, 0).apply(assembly, tensor);
  }

  /**
   * Leaves one binary operation to be run.
   *
   * @param operation the library's number of it
   */
  static Tensor binary(
      Assembly assembly, Tensor left, Tensor right, Eltwise activation, int operation) {
    Tensor other = assembly.in(left.layout(), right);
    Tensor to = assembly.allocate(left.layout());
    assembly.run(
        assembly
            .primitive(
                "a join",
                activation,
                (description, attribute) ->
                    dnnl.dnnl_binary_primitive_desc_create(
                        description,
                        OneDnn.engine(),
                        operation,
                        left.layout().handle(),
                        other.layout().handle(),
                        to.layout().handle(),
                        attribute))
            .with(dnnl.DNNL_ARG_SRC_0, left)
            .with(dnnl.DNNL_ARG_SRC_1, other)
            .with(dnnl.DNNL_ARG_DST, to));
    return to;
  }
}
