package dev.lockstep.models.math;

/** Gradient descent, plain and with momentum. */
final class DescentRules {
  private DescentRules() {}

  /** u = η·g. */
  record Sgd(float learningRate) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      for (int i = 0; i < length; i++) {
        gradient[i] *= learningRate;
      }
    }
  }

  /**
   * Nesterov momentum as in Bengio et al. 2013 (arXiv:1212.0901), equation 7: v' = μ·v − η·g, u =
   * μ·v − (1 + μ)·v'. The moment is v.
   */
  record Nesterovs(float learningRate, float momentum) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float ahead = -momentum - 1;
      float[] v = moments[0];
      for (int i = 0; i < length; i++) {
        float kept = momentum * v[i];
        float velocity = kept - learningRate * gradient[i];
        v[i] = velocity;
        gradient[i] = kept + ahead * velocity;
      }
    }
  }
}
