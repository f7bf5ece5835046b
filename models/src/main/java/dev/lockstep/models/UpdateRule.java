package dev.lockstep.models;

import java.io.Serializable;

/**
 * Turns a gradient into the update that is subtracted from the parameters. In float32 throughout,
 * as ND4J computes them, since 1 − 0.999 in float32 differs from 0.001 in the fifth digit.
 */
sealed interface UpdateRule extends Serializable {

  float learningRate();

  /** How many moments it keeps for so many parameters. */
  int stateLength(int parameterCount);

  /**
   * Replaces each gradient by its update.
   *
   * @param gradient float32 [parameterCount]
   * @param state float32 [stateLength], the moments, which it advances
   * @param updates how many updates came before
   */
  void apply(float[] gradient, float[] state, int updates);

  /** Gradient descent: u = η·g. */
  record Sgd(float learningRate) implements UpdateRule {
    @Override
    public int stateLength(int parameterCount) {
      return 0;
    }

    @Override
    public void apply(float[] gradient, float[] state, int updates) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= learningRate;
      }
    }
  }

  /**
   * Nesterov momentum as in Bengio et al. 2013 (arXiv:1212.0901), equation 7: v' = μ·v − η·g, u =
   * μ·v − (1 + μ)·v'. The state is v.
   */
  record Nesterovs(float learningRate, float momentum) implements UpdateRule {
    @Override
    public int stateLength(int parameterCount) {
      return parameterCount;
    }

    @Override
    public void apply(float[] gradient, float[] state, int updates) {
      float ahead = -momentum - 1;
      for (int i = 0; i < gradient.length; i++) {
        float kept = momentum * state[i];
        float velocity = kept - learningRate * gradient[i];
        state[i] = velocity;
        gradient[i] = kept + ahead * velocity;
      }
    }
  }

  /**
   * Kingma and Ba 2015 (arXiv:1412.6980) in the form of the end of their section 2: ε is not
   * corrected for bias. The state is all first moments, then all second moments.
   */
  record Adam(float learningRate, float beta1, float beta2, float epsilon) implements UpdateRule {
    @Override
    public int stateLength(int parameterCount) {
      return 2 * parameterCount;
    }

    @Override
    public void apply(float[] gradient, float[] state, int updates) {
      float rate = correctedRate(updates + 1);
      float fresh1 = 1 - beta1;
      float fresh2 = 1 - beta2;
      int second = gradient.length;
      for (int i = 0; i < gradient.length; i++) {
        float g = gradient[i];
        float m = beta1 * state[i] + g * fresh1;
        float v = beta2 * state[second + i] + g * g * fresh2;
        state[i] = m;
        state[second + i] = v;
        gradient[i] = m * rate / ((float) Math.sqrt(v) + epsilon);
      }
    }

    /** η·√(1 − β₂ᵗ) / (1 − β₁ᵗ), the powers in float32. */
    private float correctedRate(int t) {
      float power1 = (float) Math.pow(beta1, t);
      float power2 = (float) Math.pow(beta2, t);
      return (float) (learningRate * Math.sqrt(1.0 - power2) / (1.0 - power1));
    }
  }
}
