package dev.lockstep.models.math;

import java.io.Serializable;

/**
 * Turns a gradient into the update that is subtracted from the parameters. In float32 throughout,
 * as ND4J computes them, since 1 − 0.999 in float32 differs from 0.001 in the fifth digit.
 */
public sealed interface UpdateRule extends Serializable {

  float learningRate();

  /** How many moments it keeps of each parameter's gradients. */
  int moments();

  /**
   * Replaces each gradient by its update.
   *
   * @param gradient float32 [parameterCount]
   * @param moments float32 [moments, parameterCount], which it advances; in arrays of their own, as
   *     the JVM does not vectorise loops over two places of one
   * @param updates how many updates came before
   */
  void apply(float[] gradient, float[][] moments, int updates);

  /** Gradient descent: u = η·g. */
  record Sgd(float learningRate) implements UpdateRule {
    @Override
    public int moments() {
      return 0;
    }

    @Override
    public void apply(float[] gradient, float[][] moments, int updates) {
      for (int i = 0; i < gradient.length; i++) {
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
    public int moments() {
      return 1;
    }

    @Override
    public void apply(float[] gradient, float[][] moments, int updates) {
      float ahead = -momentum - 1;
      float[] v = moments[0];
      for (int i = 0; i < gradient.length; i++) {
        float kept = momentum * v[i];
        float velocity = kept - learningRate * gradient[i];
        v[i] = velocity;
        gradient[i] = kept + ahead * velocity;
      }
    }
  }

  /**
   * Kingma and Ba 2015 (arXiv:1412.6980) in the form of the end of their section 2: ε is not
   * corrected for bias. The moments are m and v.
   */
  record Adam(float learningRate, float beta1, float beta2, float epsilon) implements UpdateRule {
    @Override
    public int moments() {
      return 2;
    }

    @Override
    public void apply(float[] gradient, float[][] moments, int updates) {
      float rate = correctedRate(updates + 1);
      float fresh1 = 1 - beta1;
      float fresh2 = 1 - beta2;
      float[] m = moments[0];
      float[] v = moments[1];
      for (int i = 0; i < gradient.length; i++) {
        float g = gradient[i];
        m[i] = beta1 * m[i] + g * fresh1;
        v[i] = beta2 * v[i] + g * g * fresh2;
        gradient[i] = m[i] * rate / ((float) Math.sqrt(v[i]) + epsilon);
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
