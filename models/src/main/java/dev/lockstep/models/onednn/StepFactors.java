package dev.lockstep.models.onednn;

import java.util.List;

/** Sequences times what each of their steps counts. */
record StepFactors(int channels, int steps, StepMask mask) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    float[] factors = assembly.mask(mask, steps);
    return new HeapPass(assembly, inputs, inputs.get(0).dims()) {
      @Override
      void forward(float[][] from, float[] output) {
        scale(from[0], output);
      }

      @Override
      void backward(float[][] from, float[] output, float[] by, float[][] byInputs) {
        scale(by, byInputs[0]);
      }

      private void scale(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
          to[i] = from[i] * factors[i / channels];
        }
      }
    };
  }
}
