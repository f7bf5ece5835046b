package dev.lockstep.models.onednn;

import dev.lockstep.models.Minibatch;
import dev.lockstep.models.SharedNetwork;
import java.lang.ref.Reference;

/** Predictions of one thread at a time, with parameters that others read as well. */
final class SharedPass implements SharedNetwork.Pass {
  private static final float[] NO_LABELS = {};

  /** Nothing is random in a prediction. */
  private static final Randomness NO_RANDOMNESS = null;

  /** Parameters whose memory ends when no pass has them any more. */
  static final class Parameters {
    private final Weights weights;

    Parameters(float[] values) {
      Scope scope = new Scope();
      weights = Weights.fixed(values, scope);
      Scope.CLEANER.register(this, scope::close);
    }
  }

  private final Plan plan;
  private final Parameters parameters;
  private final PassCache passes;

  SharedPass(Plan plan, Parameters parameters) {
    this.plan = plan;
    this.parameters = parameters;
    passes = new PassCache(plan, parameters.weights, NO_RANDOMNESS);
    Scope.CLEANER.register(this, passes::close);
  }

  @Override
  public int size() {
    return plan.passSize();
  }

  @Override
  public float[] output(float[] features, int size) {
    Denormals.flush();
    try {
      NetworkPass pass = passes.get(plan.passSize(), Use.INFERENCE);
      Minibatch minibatch = new Minibatch(features, NO_LABELS, size);
      pass.forward(minibatch);
      return pass.output(minibatch);
    } finally {
      Denormals.keep();
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(parameters);
    }
  }
}
