package dev.lockstep.models.onednn;

import dev.lockstep.models.math.ActivationFunction;

/** The cells of a plain recurrent layer over the steps of a minibatch: [size, units] a step. */
final class RnnCells implements Recurrence.Cells {
  private final int size;
  private final int steps;
  private final int units;
  private final ActivationFunction activation;
  private final Steps sums;
  private final Steps outputs;
  private final RecurrentProducts products;
  private final float[][] activated;
  private final float[] values;

  /** What the activation was applied to; null if that is not needed. */
  private final float[][] before;

  /** Null if all steps count. */
  private final float[] mask;

  RnnCells(Rnn layer, Assembly assembly, Tensor sums, Tensor result) {
    size = assembly.size();
    steps = layer.steps();
    units = layer.units();
    activation = layer.activation().vectorised();
    mask = layer.mask() == null ? null : assembly.mask(layer.mask(), steps);
    this.sums = new Steps(sums, size, steps, units);
    outputs = new Steps(result, size, steps, units);
    products = new RecurrentProducts(assembly.weights(), layer.recurrent(), size, units, units);
    activated = new float[steps][size * units];
    before = activation.needsInputs() ? new float[steps][size * units] : null;
    values = new float[size * units];
  }

  @Override
  public void forward() {
    for (int step = 0; step < steps; step++) {
      if (step > 0) {
        products.forward(outputs, step - 1, sums, step);
      }
      float[] now = activated[step];
      sums.read(step, now);
      if (before != null) {
        System.arraycopy(now, 0, before[step], 0, now.length);
      }
      activation.apply(now, size, units);
      System.arraycopy(now, 0, values, 0, now.length);
      if (mask != null) {
        outputs.weigh(step, values, mask);
      }
      outputs.write(step, values);
    }
  }

  @Override
  public Runnable backward(Tensor gradient, Tensor bySums) {
    Steps by = new Steps(gradient, size, steps, units);
    Steps deltas = new Steps(bySums, size, steps, units);
    float[] now = new float[size * units];
    float[] later = new float[size * units];
    return () -> {
      for (int step = steps - 1; step >= 0; step--) {
        by.read(step, now);
        if (step < steps - 1) {
          products.backward(deltas, step + 1, later);
          for (int i = 0; i < now.length; i++) {
            now[i] += later[i];
          }
        }
        float[] inputs = before == null ? null : before[step];
        activation.backpropagate(inputs, activated[step], now, size, units);
        if (mask != null) {
          outputs.weigh(step, now, mask);
        }
        deltas.write(step, now);
      }
      products.byWeights(deltas, outputs);
    };
  }
}
