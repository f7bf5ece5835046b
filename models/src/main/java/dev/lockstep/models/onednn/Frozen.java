package dev.lockstep.models.onednn;

import java.util.List;

/** An operation that is not trained, and neither is anything before it. */
record Frozen(Operation operation) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return operation.apply(assembly, inputs);
  }

  @Override
  public boolean stopsGradients() {
    return true;
  }
}
