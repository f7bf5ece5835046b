package dev.lockstep.models.onednn;

import java.util.List;

/** A vector as each step of a sequence. */
record Repetition(int channels, int steps) implements Operation {
  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new HeapPass(assembly, inputs, assembly.size(), channels, steps) {
      @Override
      void forward(float[][] from, float[] output) {
        for (int start = 0; start < output.length; start += channels) {
          int row = start / channels / steps;
          System.arraycopy(from[0], row * channels, output, start, channels);
        }
      }

      @Override
      void backward(float[][] from, float[] output, float[] by, float[][] byInputs) {
        for (int i = 0; i < by.length; i++) {
          byInputs[0][i / channels / steps * channels + i % channels] += by[i];
        }
      }
    };
  }
}
