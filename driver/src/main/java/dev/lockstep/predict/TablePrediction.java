package dev.lockstep.predict;

import dev.lockstep.data.TableRow;

/**
 * What the model says of one row.
 *
 * @param label its class; −1 if that is not known, or it is none of classes
 * @param top the most probable classes, the most probable first; none where it tells no classes
 * @param output float32: probabilities of classes or labels, or the numbers
 */
public record TablePrediction(String file, TableRow row, int label, int[] top, float[] output) {
  /** Nobody says of which class it is. */
  public static final int UNLABELLED = -1;

  /** The probabilities of the most probable classes. */
  public float[] topProbabilities() {
    float[] probabilities = new float[top.length];
    for (int i = 0; i < top.length; i++) {
      probabilities[i] = output[top[i]];
    }
    return probabilities;
  }
}
