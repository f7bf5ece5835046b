package dev.lockstep.models.math;

import dev.lockstep.models.StabilisedCrossEntropy;
import java.io.Serializable;

/**
 * A loss of the last layer with its gradient. All matrices are row-major [rows, columns], one row
 * per example.
 */
public sealed interface Loss extends Serializable {

  /**
   * The loss, summed over the examples.
   *
   * @param outputs after the activation
   */
  double sum(float[] outputs, float[] labels, int rows, int columns);

  /** Writes the gradient of the sum by what the activation was applied to. */
  void gradient(float[] outputs, float[] labels, float[] gradient, int rows, int columns);

  /** Σ (p − y)², divided by the number of columns: DL4J's {@code LossMSE}. */
  record MeanSquaredError(ActivationFunction activation) implements Loss {
    @Override
    public double sum(float[] outputs, float[] labels, int rows, int columns) {
      int length = rows * columns;
      double sum = 0;
      for (int i = 0; i < length; i++) {
        float difference = outputs[i] - labels[i];
        sum += difference * difference;
      }
      return sum / columns;
    }

    @Override
    public void gradient(float[] outputs, float[] labels, float[] gradient, int rows, int columns) {
      int length = rows * columns;
      float factor = 2f / columns;
      for (int i = 0; i < length; i++) {
        gradient[i] = (outputs[i] - labels[i]) * factor;
      }
      activation.backpropagate(outputs, gradient, rows, columns);
    }
  }

  /**
   * −Σ y·log(p + ε), differentiated as written: {@link StabilisedCrossEntropy}, and with ε = 0
   * DL4J's {@code LossMCXENT} of any activation but softmax.
   */
  record CrossEntropy(ActivationFunction activation, float epsilon) implements Loss {
    @Override
    public double sum(float[] outputs, float[] labels, int rows, int columns) {
      int length = rows * columns;
      double sum = 0;
      for (int i = 0; i < length; i++) {
        // Most labels are 0: this saves most logarithms.
        if (labels[i] != 0) {
          sum -= labels[i] * Math.log(outputs[i] + epsilon);
        }
      }
      return sum;
    }

    @Override
    public void gradient(float[] outputs, float[] labels, float[] gradient, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        gradient[i] = -labels[i] / (outputs[i] + epsilon);
      }
      activation.backpropagate(outputs, gradient, rows, columns);
    }
  }

  /**
   * −Σ y·log(p) of a softmax, differentiated together with it: DL4J's {@code LossMCXENT} and {@code
   * LossNegativeLogLikelihood}. The loss clips p to [clip, 1 − clip], the gradient p − y does not.
   */
  record SoftmaxCrossEntropy(float clip) implements Loss {
    @Override
    public double sum(float[] outputs, float[] labels, int rows, int columns) {
      int length = rows * columns;
      double sum = 0;
      for (int i = 0; i < length; i++) {
        if (labels[i] != 0) {
          sum -= labels[i] * Math.log(clipped(outputs[i], clip));
        }
      }
      return sum;
    }

    @Override
    public void gradient(float[] outputs, float[] labels, float[] gradient, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        gradient[i] = outputs[i] - labels[i];
      }
    }
  }

  /**
   * −Σ y·log(p) + (1 − y)·log(1 − p), with p clipped to [clip, 1 − clip] in the loss and in its
   * gradient by p: DL4J's {@code LossBinaryXENT} of any activation but softmax.
   */
  record BinaryCrossEntropy(ActivationFunction activation, float clip) implements Loss {
    @Override
    public double sum(float[] outputs, float[] labels, int rows, int columns) {
      int length = rows * columns;
      double sum = 0;
      for (int i = 0; i < length; i++) {
        float p = clipped(outputs[i], clip);
        sum -= labels[i] * Math.log(p) + (1 - labels[i]) * Math.log(1 - p);
      }
      return sum;
    }

    @Override
    public void gradient(float[] outputs, float[] labels, float[] gradient, int rows, int columns) {
      int length = rows * columns;
      for (int i = 0; i < length; i++) {
        float p = clipped(outputs[i], clip);
        gradient[i] = (p - labels[i]) / (p * (1 - p));
      }
      activation.backpropagate(outputs, gradient, rows, columns);
    }
  }

  private static float clipped(float p, float clip) {
    return Math.max(clip, Math.min(1 - clip, p));
  }
}
