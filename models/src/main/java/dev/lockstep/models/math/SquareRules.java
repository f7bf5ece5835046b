package dev.lockstep.models.math;

/** Gradients divided by the root of what their squares were so far. */
final class SquareRules {
  private SquareRules() {}

  static UpdateRule rmsProp(org.nd4j.linalg.learning.config.RmsProp updater, float learningRate) {
    return new RmsProp(learningRate, (float) updater.getRmsDecay(), (float) updater.getEpsilon());
  }

  static UpdateRule adaDelta(org.nd4j.linalg.learning.config.AdaDelta updater) {
    return new AdaDelta((float) updater.getRho(), (float) updater.getEpsilon());
  }

  /** Tieleman and Hinton 2012, lecture 6.5. The moment is the mean square. */
  record RmsProp(float learningRate, float decay, float epsilon) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float fresh = 1 - decay;
      float[] square = moments[0];
      for (int i = 0; i < length; i++) {
        float g = gradient[i];
        float mean = square[i] * decay + g * g * fresh;
        square[i] = mean;
        gradient[i] = learningRate * g / ((float) Math.sqrt(mean) + epsilon);
      }
    }
  }

  /** Duchi et al. 2011, with a diagonal matrix. The moment is the sum of squares. */
  record AdaGrad(float learningRate, float epsilon) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float[] square = moments[0];
      for (int i = 0; i < length; i++) {
        float g = gradient[i];
        float sum = square[i] + g * g;
        square[i] = sum;
        gradient[i] = learningRate * g / ((float) Math.sqrt(sum) + epsilon);
      }
    }
  }

  /** Zeiler 2012 (arXiv:1212.5701), Algorithm 1. The moments are of gradients and of updates. */
  record AdaDelta(float rho, float epsilon) implements UpdateRule {
    @Override
    public void apply(float[] gradient, float[][] moments, int length) {
      float fresh = 1 - rho;
      float[] ofGradients = moments[0];
      float[] ofUpdates = moments[1];
      for (int i = 0; i < length; i++) {
        float g = gradient[i];
        float square = rho * ofGradients[i] + g * g * fresh;
        float before = ofUpdates[i];
        float update =
            g * ((float) Math.sqrt(before + epsilon) / (float) Math.sqrt(square + epsilon));
        ofGradients[i] = square;
        ofUpdates[i] = rho * before + update * update * fresh;
        gradient[i] = update;
      }
    }
  }
}
