package dev.lockstep.strategy;

import dev.lockstep.models.LocalTrainer;
import java.util.List;

/**
 * The gradient over all workers' examples.
 *
 * @param sum float32 [parameterCount], summed over the examples
 * @param examples how many
 */
record GradientSum(float[] sum, int examples) {

  /**
   * Sums are float64 in the order of worker numbers, so that neither the order of arrival nor a
   * worker without examples shows in any bit.
   *
   * @param gradients by worker number
   */
  static GradientSum of(List<WorkerGradient> gradients) {
    double[] sum = new double[gradients.get(0).sum().length];
    long examples = 0;
    for (WorkerGradient gradient : gradients) {
      if (gradient.result().examples() > 0) {
        examples += gradient.result().examples();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += gradient.sum()[i];
        }
      }
    }
    float[] rounded = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      rounded[i] = (float) sum[i];
    }
    return new GradientSum(rounded, Math.toIntExact(examples));
  }

  /** Makes the update that one process would make on all the examples. */
  void apply(LocalTrainer updater) {
    updater.apply(sum, examples);
  }
}
