package dev.lockstep.models.onednn;

import dev.lockstep.models.ModelError;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A row of weights for each number of a class, or for each step of a sequence of them.
 *
 * @param layer names it in messages
 * @param steps 0 if examples have one number each
 * @param weights where the weights start, column-major [classes, channels]
 * @param bias where they start, or {@link Convolution#NONE}
 */
record Embedding(String layer, int classes, int channels, int steps, int weights, int bias)
    implements Operation {

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new Pass(assembly, inputs.get(0));
  }

  private final class Pass implements Applied {
    private final Assembly assembly;
    private final FloatBuffer parameters;
    private final FloatBuffer slopes;
    private final Tensor result;
    private final float[] numbers;
    private final float[] rows;
    private final float[] row = new float[channels];
    private final float[] byWeights;

    Pass(Assembly assembly, Tensor from) {
      this.assembly = assembly;
      parameters = assembly.weights().values();
      slopes = assembly.weights().slopes();
      numbers = new float[assembly.size() * Math.max(1, steps)];
      rows = new float[numbers.length * channels];
      byWeights = new float[assembly.training() ? classes * channels : 0];
      Tensor plain = assembly.in(assembly.plain(from.dims()), from);
      result =
          assembly.allocate(
              steps == 0
                  ? assembly.plain(assembly.size(), channels)
                  : assembly.channelsLast(assembly.size(), channels, steps));
      assembly.run(
          () -> {
            plain.values().get(numbers, 0, numbers.length);
            look();
            result.values().put(rows, 0, rows.length);
          });
    }

    private int number(int at) {
      float value = numbers[at];
      if (!(value >= 0 && value < classes)) {
        throw new ModelError(
            "%s: expected a number from 0 to %d, found %s".formatted(layer, classes - 1, value));
      }
      return (int) value;
    }

    private void look() {
      if (bias != Convolution.NONE) {
        parameters.get(bias, row);
      }
      for (int at = 0; at < numbers.length; at++) {
        int first = weights + number(at);
        for (int i = 0; i < channels; i++) {
          rows[at * channels + i] = parameters.get(first + i * classes) + row[i];
        }
      }
    }

    @Override
    public Tensor output() {
      return result;
    }

    @Override
    public List<Tensor> backpropagate(Tensor gradient, boolean down) {
      Tensor by = assembly.in(result.layout(), gradient);
      assembly.run(
          () -> {
            by.values().get(rows, 0, rows.length);
            collect();
          });
      return Arrays.asList((Tensor) null);
    }

    private void collect() {
      Arrays.fill(byWeights, 0);
      for (int at = 0; at < numbers.length; at++) {
        int first = number(at);
        for (int i = 0; i < channels; i++) {
          byWeights[first + i * classes] += rows[at * channels + i];
        }
      }
      slopes.put(weights, byWeights);
      if (bias != Convolution.NONE) {
        byBias();
      }
    }

    private void byBias() {
      float[] sum = row;
      Arrays.fill(sum, 0);
      for (int i = 0; i < rows.length; i++) {
        sum[i % channels] += rows[i];
      }
      slopes.put(bias, sum);
    }
  }
}
