package dev.lockstep.models.onednn;

import dev.lockstep.models.Minibatch;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Loss;
import dev.lockstep.models.math.LossMask;
import java.io.Serializable;

/**
 * Where a network ends: an activation, and the loss of its result.
 *
 * @param value what the activation is applied to
 * @param dims of an example's result, channels first: [c], or [c, t]
 * @param channelsLast whether labels come, and results go, in that order
 * @param labels where an example's begin among all its labels
 */
record Head(
    int value,
    long[] dims,
    boolean channelsLast,
    ActivationFunction activation,
    Loss loss,
    int labels)
    implements Serializable {

  private static final LossMask NO_MASK = null;

  /** Where there is no head. */
  static final int NONE = -1;

  /**
   * The labels of one output.
   *
   * @param offset where an example's begin among all its labels
   * @param length how many there are
   */
  record Labels(int offset, int length) {}

  /** The same of a value with another number. */
  Head of(int other) {
    return new Head(other, dims, channelsLast, activation, loss, labels);
  }

  int length() {
    return Shapes.length(dims);
  }

  /** The end of a pass: in the heap, as its arrays are small. */
  final class Pass {
    private final int size;
    private final int columns = Math.toIntExact(dims[0]);
    private final int steps = length() / columns;
    private final int width = loss.labelColumns(columns);
    private final Tensor before;
    private final Tensor gradient;
    private final float[] outputs;
    private final float[] inputs;
    private final float[] deltas;
    private final float[] targets;

    /**
     * @param values what the activation is applied to
     */
    Pass(Assembly assembly, Tensor values) {
      size = assembly.size();
      Layout rows = assembly.channelsLast(Shapes.batch(size, dims));
      before = assembly.in(rows, values);
      gradient = assembly.training() ? assembly.allocate(rows) : null;
      outputs = new float[size * length()];
      inputs = activation.needsInputs() ? new float[outputs.length] : null;
      deltas = new float[assembly.training() ? outputs.length : 0];
      targets = new float[size * steps * width];
      assembly.run(this::activate);
    }

    private void activate() {
      before.values().get(outputs, 0, outputs.length);
      if (inputs != null) {
        System.arraycopy(outputs, 0, inputs, 0, inputs.length);
      }
      activation.apply(outputs, size * steps, columns);
    }

    /** Where {@link #differentiate} leaves the gradient. */
    Tensor gradient() {
      return gradient;
    }

    /** The loss of the last forward pass, summed over the examples. */
    double loss(Minibatch minibatch, int labelLength) {
      return loss.sum(outputs, labels(minibatch, labelLength), NO_MASK, size * steps, columns);
    }

    /** Sets the gradient of the loss of the last forward pass. */
    void differentiate(Minibatch minibatch, int labelLength) {
      loss.gradient(
          inputs, outputs, labels(minibatch, labelLength), NO_MASK, deltas, size * steps, columns);
      gradient.values().put(deltas, 0, deltas.length);
    }

    private float[] labels(Minibatch minibatch, int labelLength) {
      if (steps == 1 && labelLength == width) {
        return minibatch.labels();
      }
      for (int row = 0; row < size; row++) {
        int from = row * labelLength + labels;
        for (int step = 0; step < steps; step++) {
          for (int i = 0; i < columns; i++) {
            targets[(row * steps + step) * columns + i] =
                minibatch.labels()[from + place(step, i, columns)];
          }
        }
      }
      return targets;
    }

    private int place(int step, int column, int width) {
      return channelsLast ? step * width + column : column * steps + step;
    }

    /** A copy of the result of the last forward pass, float32 [size, length]. */
    float[] output() {
      if (steps == 1 || channelsLast) {
        return outputs.clone();
      }
      float[] ordered = new float[outputs.length];
      for (int row = 0; row < size; row++) {
        int from = row * length();
        for (int step = 0; step < steps; step++) {
          for (int i = 0; i < columns; i++) {
            ordered[from + place(step, i, columns)] = outputs[from + step * columns + i];
          }
        }
      }
      return ordered;
    }
  }
}
