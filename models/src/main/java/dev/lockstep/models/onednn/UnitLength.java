package dev.lockstep.models.onednn;

import java.util.List;

/**
 * Each example's values divided by their Euclidean norm.
 *
 * @param least what the norm is at least
 */
record UnitLength(float least) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    int length = Shapes.length(inputs.get(0).dims()) / assembly.size();
    return new HeapPass(assembly, inputs, inputs.get(0).dims()) {
      @Override
      void forward(float[][] from, float[] output) {
        for (int row = 0; row < output.length; row += length) {
          float norm = Math.max(least, (float) Math.sqrt(product(from[0], from[0], row)));
          for (int i = row; i < row + length; i++) {
            output[i] = from[0][i] / norm;
          }
        }
      }

      @Override
      void backward(float[][] from, float[] output, float[] by, float[][] byInputs) {
        float[] x = from[0];
        for (int row = 0; row < output.length; row += length) {
          double norm = Math.sqrt(product(x, x, row));
          double cube = Math.max(least, norm * norm * norm);
          norm = Math.max(least, norm);
          double along = product(x, by, row);
          for (int i = row; i < row + length; i++) {
            byInputs[0][i] = (float) (by[i] / norm - x[i] * along / cube);
          }
        }
      }

      private double product(float[] a, float[] b, int start) {
        double sum = 0;
        for (int i = start; i < start + length; i++) {
          sum += (double) a[i] * b[i];
        }
        return sum;
      }
    };
  }
}
