package dev.lockstep.models.onednn;

import dev.lockstep.models.Minibatch;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Loss;
import dev.lockstep.models.math.LossMask;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Where a network ends: an activation, and the loss of its result.
 *
 * @param value what the activation is applied to
 * @param dims of an example's result, channels first: [c], [c, t] or [c, h, w]
 * @param channelsLast whether labels come, and results go, in that order
 */
record Head(
    int value,
    long[] dims,
    boolean channelsLast,
    ActivationFunction activation,
    Loss loss,
    Labels labels)
    implements Serializable {

  /** Where there is no head. */
  static final int NONE = -1;

  /** As no activation before a loss draws at random. */
  private static final long NO_SEED = 0;

  /**
   * The labels of one output.
   *
   * @param part of a row of labels, with lengths and masks
   * @param maskColumns how many factors the mask has for a place: 1, or one for each channel; 0 if
   *     there is no mask
   */
  record Labels(SequencePart part, int maskColumns) implements Serializable {
    /** Where an example's begin among all its labels. */
    int offset() {
      return part.offset();
    }

    /** How many there are. */
    int length() {
      return part.part().values().length();
    }
  }

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
    private final LossMask mask;
    private final boolean training;

    /**
     * @param values what the activation is applied to
     */
    Pass(Assembly assembly, Tensor values) {
      size = assembly.size();
      Layout rows = assembly.channelsLast(Shapes.batch(size, dims));
      before = assembly.in(rows, values);
      gradient = assembly.training() ? assembly.allocate(rows) : null;
      outputs = new float[size * length()];
      inputs = activation.needsInputs() || loss.needsInputs() ? new float[outputs.length] : null;
      deltas = new float[assembly.training() ? outputs.length : 0];
      targets = new float[size * steps * width];
      int factors = Math.max(1, labels.maskColumns());
      mask =
          labels.part().isPlain() ? null : new LossMask(new float[size * steps * factors], factors);
      training = assembly.training();
      assembly.run(this::activate);
    }

    private void activate() {
      before.values().get(outputs, 0, outputs.length);
      if (inputs != null) {
        System.arraycopy(outputs, 0, inputs, 0, inputs.length);
      }
      if (training) {
        activation.train(outputs, size * steps, columns, NO_SEED);
      } else {
        activation.apply(outputs, size * steps, columns);
      }
    }

    /** Where {@link #differentiate} leaves the gradient. */
    Tensor gradient() {
      return gradient;
    }

    /** The loss of the last forward pass, summed over the minibatch's examples. */
    double loss(Minibatch minibatch, int labelLength) {
      return loss.sum(
          inputs,
          outputs,
          labels(minibatch, labelLength),
          counting(minibatch, labelLength),
          minibatch.size() * steps,
          columns);
    }

    /** Sets the gradient of the loss of the last forward pass. */
    void differentiate(Minibatch minibatch, int labelLength) {
      loss.gradient(
          inputs,
          outputs,
          labels(minibatch, labelLength),
          counting(minibatch, labelLength),
          deltas,
          size * steps,
          columns);
      gradient.values().put(deltas, 0, deltas.length);
    }

    private float[] labels(Minibatch minibatch, int labelLength) {
      if (steps == 1 && labelLength == width) {
        return minibatch.labels();
      }
      for (int row = 0; row < minibatch.size(); row++) {
        gather(minibatch.labels(), row * labelLength + labels.offset(), targets, row, width);
      }
      return targets;
    }

    /** Copies an example's values, as data has them, to rows with the columns of one place. */
    private void gather(float[] from, int offset, float[] to, int row, int width) {
      for (int step = 0; step < steps; step++) {
        for (int i = 0; i < width; i++) {
          to[(row * steps + step) * width + i] = from[offset + place(step, i, width, steps)];
        }
      }
    }

    private int place(int step, int column, int width, int of) {
      return channelsLast ? step * width + column : column * of + step;
    }

    /** What counts in the loss: what the mask says, as much as each example counts. */
    private LossMask counting(Minibatch minibatch, int labelLength) {
      LossMask masked = mask(minibatch, labelLength);
      if (minibatch.weights() == null || masked == null && steps == 1) {
        return masked == null ? LossMask.ofWeights(minibatch.weights()) : masked;
      }
      int columns = masked == null ? 1 : masked.columns();
      float[] factors = new float[minibatch.size() * steps * columns];
      for (int i = 0; i < factors.length; i++) {
        float weight = minibatch.weights()[i / (steps * columns)];
        factors[i] = masked == null ? weight : weight * masked.factors()[i];
      }
      return new LossMask(factors, columns);
    }

    private LossMask mask(Minibatch minibatch, int labelLength) {
      if (mask == null) {
        return null;
      }
      float[] rows = minibatch.labels();
      for (int row = 0; row < minibatch.size(); row++) {
        int from = row * labelLength;
        if (labels.maskColumns() > 0) {
          int offset = from + labels.offset() + labels.part().part().maskOffset();
          gather(rows, offset, mask.factors(), row, mask.columns());
        } else {
          Arrays.fill(mask.factors(), row * steps, (row + 1) * steps, 1);
        }
        int count = labels.part().count(rows, from);
        Arrays.fill(
            mask.factors(),
            (row * steps + Math.min(count, steps)) * mask.columns(),
            (row + 1) * steps * mask.columns(),
            0);
      }
      return mask;
    }

    /**
     * The result of the last forward pass, float32 [size, length]; as DL4J has it, in the steps
     * that the minibatch's labels have, and times their mask.
     */
    float[] output(Minibatch minibatch, int labelLength) {
      int size = minibatch.size();
      boolean plain = mask == null || minibatch.labels().length < size * labelLength;
      int longest = plain ? steps : labels.part().longest(minibatch.labels(), labelLength, size);
      float[] ordered = new float[size * longest * columns];
      float[] counted = plain ? outputs : counted(minibatch, labelLength);
      for (int row = 0; row < size; row++) {
        for (int step = 0; step < longest; step++) {
          for (int i = 0; i < columns; i++) {
            ordered[row * longest * columns + place(step, i, columns, longest)] =
                counted[(row * steps + step) * columns + i];
          }
        }
      }
      return ordered;
    }

    private float[] counted(Minibatch minibatch, int labelLength) {
      float[] counted = outputs.clone();
      mask(minibatch, labelLength).apply(counted, minibatch.size() * steps, columns);
      return counted;
    }
  }
}
