package dev.lockstep.models.onednn;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.PoolingType;

/**
 * What all places of an example, or all steps of a sequence that count, are pooled to.
 *
 * @param power of the p-norm
 * @param mask of the steps; null if all places count
 */
record WholePooling(PoolingType kind, int channels, int places, int power, StepMask mask)
    implements Operation {

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new Pass(assembly, inputs);
  }

  private final class Pass extends HeapPass {
    private final float[] factors;

    Pass(Assembly assembly, List<Tensor> inputs) {
      super(assembly, inputs, assembly.size(), channels);
      factors = mask == null ? null : assembly.mask(mask, places);
    }

    private float factor(int row, int place) {
      return factors == null ? 1 : factors[row * places + place];
    }

    private float count(int row) {
      float count = 0;
      for (int place = 0; place < places; place++) {
        count += factor(row, place);
      }
      return count;
    }

    @Override
    void forward(float[][] from, float[] output) {
      for (int i = 0; i < output.length; i++) {
        output[i] = pooled(from[0], i / channels, i % channels);
      }
    }

    private float pooled(float[] values, int row, int channel) {
      if (kind == PoolingType.MAX) {
        return values[largest(values, row, channel)];
      }
      double sum = 0;
      for (int place = 0; place < places; place++) {
        float value = values[at(row, place, channel)] * factor(row, place);
        sum += kind == PoolingType.PNORM ? Math.pow(Math.abs(value), power) : value;
      }
      return (float)
          switch (kind) {
            case AVG -> sum / count(row);
            case PNORM -> Math.pow(sum, 1.0 / power);
            default -> sum;
          };
    }

    private int at(int row, int place, int channel) {
      return (row * places + place) * channels + channel;
    }

    /** Where the largest value is that counts. */
    private int largest(float[] values, int row, int channel) {
      int best = at(row, 0, channel);
      boolean found = false;
      for (int place = 0; place < places; place++) {
        int here = at(row, place, channel);
        if (factor(row, place) != 0 && (!found || values[here] > values[best])) {
          best = here;
          found = true;
        }
      }
      return best;
    }

    @Override
    void backward(float[][] from, float[] output, float[] by, float[][] byInputs) {
      for (int i = 0; i < output.length; i++) {
        int row = i / channels;
        int channel = i % channels;
        if (kind == PoolingType.MAX) {
          byInputs[0][largest(from[0], row, channel)] = by[i];
          continue;
        }
        float each = kind == PoolingType.AVG ? by[i] / count(row) : by[i];
        for (int place = 0; place < places; place++) {
          int here = at(row, place, channel);
          float factor = factor(row, place);
          byInputs[0][here] =
              each
                  * factor
                  * (kind == PoolingType.PNORM ? slope(from[0][here] * factor, output[i]) : 1);
        }
      }
    }

    /** x·|x|ᵖ⁻² / ‖x‖ᵖ⁻¹. */
    private float slope(float value, float norm) {
      return norm == 0
          ? 0
          : (float) (value * Math.pow(Math.abs(value), power - 2) / Math.pow(norm, power - 1));
    }
  }
}
