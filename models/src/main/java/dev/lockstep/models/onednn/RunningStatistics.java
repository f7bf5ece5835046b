package dev.lockstep.models.onednn;

/**
 * The change of running statistics by a minibatch's as a gradient, which is subtracted as it is: (1
 * − decay) · (running − the minibatch's), of log₁₀ of the deviation log₁₀ of the quotient. It is
 * given times the number of examples, as a mean that is averaged over workers like sums are.
 */
final class RunningStatistics implements Runnable {
  private static final double TWO_LOG_10 = 2 * Math.log(10);

  private final Normalization layer;
  private final Tensor means;
  private final Tensor variances;
  private final Weights weights;
  private final float[] values;
  private final int size;

  RunningStatistics(Normalization layer, Assembly assembly, Tensor means, Tensor variances) {
    this.layer = layer;
    this.means = means;
    this.variances = variances;
    weights = assembly.weights();
    size = assembly.size();
    values = new float[layer.channels()];
  }

  @Override
  public void run() {
    double fresh = 1 - layer.decay();
    means.values().get(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (size * fresh * (weights.values().get(layer.mean() + i) - values[i]));
    }
    put(layer.mean());
    variances.values().get(values);
    for (int i = 0; i < values.length; i++) {
      float running = weights.values().get(layer.deviation() + i);
      values[i] =
          (float)
              (size
                  * (layer.logarithmic()
                      ? logarithmic(running, values[i])
                      : fresh * (running - values[i])));
    }
    put(layer.deviation());
  }

  private double logarithmic(float running, float variance) {
    double before = Math.pow(10, 2.0 * running);
    double after = layer.decay() * before + (1 - layer.decay()) * variance;
    return Math.log(before / after) / TWO_LOG_10;
  }

  private void put(int offset) {
    weights.slopes().put(offset, values);
  }
}
