package dev.lockstep.models.onednn;

import java.util.List;

/** Of several arrays value by value the largest, the first of equals; or the product of all. */
record Selection(Kind kind) implements Operation {

  /** Which of the two. */
  enum Kind {
    LARGEST,
    PRODUCT
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new HeapPass(assembly, inputs, inputs.get(0).dims()) {
      @Override
      void forward(float[][] from, float[] output) {
        System.arraycopy(from[0], 0, output, 0, output.length);
        for (int k = 1; k < from.length; k++) {
          for (int i = 0; i < output.length; i++) {
            output[i] =
                kind == Kind.PRODUCT ? output[i] * from[k][i] : Math.max(output[i], from[k][i]);
          }
        }
      }

      @Override
      void backward(float[][] from, float[] output, float[] by, float[][] byInputs) {
        for (int i = 0; i < output.length; i++) {
          if (kind == Kind.PRODUCT) {
            for (int k = 0; k < from.length; k++) {
              byInputs[k][i] = by[i] * others(from, k, i);
            }
          } else {
            byInputs[first(from, output[i], i)][i] = by[i];
          }
        }
      }
    };
  }

  private static float others(float[][] from, int but, int i) {
    float product = 1;
    for (int k = 0; k < from.length; k++) {
      product *= k == but ? 1 : from[k][i];
    }
    return product;
  }

  private static int first(float[][] from, float value, int i) {
    int k = 0;
    while (k < from.length - 1 && from[k][i] != value) {
      k++;
    }
    return k;
  }
}
