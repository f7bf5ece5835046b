package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;

/** Adam and what came of it. The first moment is the mean of gradients, m. */
final class AdamRules {
  private AdamRules() {}

  /**
   * @param t the number of the update, from 1
   */
  static UpdateRule of(IUpdater updater, float rate, int t) throws UnsupportedNetwork {
    Class<?> type = updater.getClass();
    if (type == org.nd4j.linalg.learning.config.Adam.class) {
      org.nd4j.linalg.learning.config.Adam adam = (org.nd4j.linalg.learning.config.Adam) updater;
      Decay decay = new Decay(adam.getBeta1(), adam.getBeta2(), adam.getEpsilon());
      return new Adam(decay.corrected(rate, t), decay);
    }
    if (type == AMSGrad.class) {
      AMSGrad amsGrad = (AMSGrad) updater;
      Decay decay = new Decay(amsGrad.getBeta1(), amsGrad.getBeta2(), amsGrad.getEpsilon());
      return new AmsGrad(decay.corrected(rate, t), decay);
    }
    if (type == AdaBelief.class) {
      AdaBelief belief = (AdaBelief) updater;
      Decay decay = new Decay(belief.getBeta1(), belief.getBeta2(), belief.getEpsilon());
      return new Belief(decay.corrected(rate, t), decay);
    }
    if (type == AdaMax.class) {
      AdaMax max = (AdaMax) updater;
      Decay decay = new Decay(max.getBeta1(), max.getBeta2(), max.getEpsilon());
      return new Max((float) (rate / decay.missing1(t)), decay);
    }
    if (type == Nadam.class) {
      Nadam nadam = (Nadam) updater;
      Decay decay = new Decay(nadam.getBeta1(), nadam.getBeta2(), nadam.getEpsilon());
      return new NesterovAdam(rate, (float) decay.missing1(t), decay);
    }
    throw new UnsupportedNetwork("updater " + updater);
  }

  /** How fast moments forget, as float32. */
  record Decay(float beta1, float beta2, float epsilon) {
    Decay(double beta1, double beta2, double epsilon) {
      this((float) beta1, (float) beta2, (float) epsilon);
    }

    /** 1 − β₁ᵗ, the power in float32. */
    double missing1(int t) {
      return 1.0 - (float) Math.pow(beta1, t);
    }

    /** η·√(1 − β₂ᵗ) / (1 − β₁ᵗ), the powers in float32. */
    float corrected(float rate, int t) {
      float power2 = (float) Math.pow(beta2, t);
      return (float) (rate * Math.sqrt(1.0 - power2) / missing1(t));
    }
  }

  /**
   * Kingma and Ba 2015 (arXiv:1412.6980) in the form of the end of their section 2: ε is not
   * corrected for bias. The second moment is the mean of squares, v.
   */
  record Adam(float rate, Decay decay) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float beta1 = decay.beta1;
      float beta2 = decay.beta2;
      float epsilon = decay.epsilon;
      float fresh1 = 1 - beta1;
      float fresh2 = 1 - beta2;
      float[] m = moments[0];
      float[] v = moments[1];
      for (int i = 0; i < length; i++) {
        float g = gradient[i];
        float mean = beta1 * m[i] + g * fresh1;
        float square = beta2 * v[i] + g * g * fresh2;
        m[i] = mean;
        v[i] = square;
        gradient[i] = mean * rate / ((float) Math.sqrt(square) + epsilon);
      }
    }
  }

  /** Reddi et al. 2018 (arXiv:1904.09237), Algorithm 2. The third moment is the largest v. */
  record AmsGrad(float rate, Decay decay) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float fresh1 = 1 - decay.beta1;
      float fresh2 = 1 - decay.beta2;
      float[] m = moments[0];
      float[] v = moments[1];
      float[] most = moments[2];
      for (int i = 0; i < length; i++) {
        float g = gradient[i];
        float mean = decay.beta1 * m[i] + g * fresh1;
        float square = decay.beta2 * v[i] + g * g * fresh2;
        float largest = Math.max(most[i], square);
        m[i] = mean;
        v[i] = square;
        most[i] = largest;
        gradient[i] = rate * mean / ((float) Math.sqrt(largest) + decay.epsilon);
      }
    }
  }

  /** Kingma and Ba 2015, Algorithm 2. The second moment is the largest gradient of late, u. */
  record Max(float rate, Decay decay) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float fresh = 1 - decay.beta1;
      float[] m = moments[0];
      float[] u = moments[1];
      for (int i = 0; i < length; i++) {
        float g = gradient[i];
        float mean = decay.beta1 * m[i] + g * fresh;
        // ND4J keeps it above 0 by this.
        float largest = Math.max(decay.beta2 * u[i], Math.abs(g)) + 1e-32f;
        m[i] = mean;
        u[i] = largest;
        gradient[i] = mean * rate / largest;
      }
    }
  }

  /** Dozat 2016, Nesterov's momentum in Adam. The second moment is v. */
  record NesterovAdam(float rate, float missing, Decay decay) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float fresh1 = 1 - decay.beta1;
      float fresh2 = 1 - decay.beta2;
      float[] m = moments[0];
      float[] v = moments[1];
      for (int i = 0; i < length; i++) {
        float g = gradient[i];
        float part = g * fresh1;
        float mean = decay.beta1 * m[i] + part;
        float square = decay.beta2 * v[i] + g * g * fresh2;
        m[i] = mean;
        v[i] = square;
        gradient[i] =
            rate
                * ((mean * decay.beta1 + part) / missing)
                / ((float) Math.sqrt(square) + decay.epsilon);
      }
    }
  }

  /** Zhuang et al. 2020 (arXiv:2010.07468), Algorithm 2. The second moment is s. */
  record Belief(float rate, Decay decay) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float fresh1 = 1 - decay.beta1;
      float fresh2 = 1 - decay.beta2;
      float[] m = moments[0];
      float[] s = moments[1];
      for (int i = 0; i < length; i++) {
        float g = gradient[i];
        float mean = decay.beta1 * m[i] + g * fresh1;
        float surprise = g - mean;
        float variance = decay.beta2 * s[i] + surprise * surprise * fresh2 + decay.epsilon;
        m[i] = mean;
        s[i] = variance;
        gradient[i] = mean * rate / ((float) Math.sqrt(variance) + decay.epsilon);
      }
    }
  }
}
