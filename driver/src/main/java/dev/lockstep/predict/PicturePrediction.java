package dev.lockstep.predict;

/**
 * What the model says of one picture.
 *
 * @param file with its label
 * @param top the most probable classes, the most probable first
 * @param probabilities float32 [classes]
 */
public record PicturePrediction(PictureFile file, int[] top, float[] probabilities) {

  /**
   * Of a row of the network's output.
   *
   * @param output float32 [rows, classes]
   * @param top how many of the most probable classes to name, at most as many as there are
   */
  static PicturePrediction of(PictureFile file, float[] output, int row, int classes, int top) {
    float[] probabilities = new float[classes];
    System.arraycopy(output, row * classes, probabilities, 0, classes);
    return new PicturePrediction(file, top(probabilities, top), probabilities);
  }

  /** The most probable classes, the most probable first; the lower number on a tie. */
  static int[] top(float[] probabilities, int count) {
    boolean[] taken = new boolean[probabilities.length];
    int[] best = new int[count];
    for (int i = 0; i < count; i++) {
      best[i] = best(probabilities, taken);
      taken[best[i]] = true;
    }
    return best;
  }

  private static int best(float[] probabilities, boolean[] taken) {
    int best = -1;
    for (int c = 0; c < probabilities.length; c++) {
      if (!taken[c] && (best < 0 || probabilities[c] > probabilities[best])) {
        best = c;
      }
    }
    return best;
  }

  /** The next probable class. */
  static int second(float[] probabilities, int best) {
    boolean[] taken = new boolean[probabilities.length];
    taken[best] = true;
    return best(probabilities, taken);
  }

  /** The most probable class. */
  public int prediction() {
    return top[0];
  }

  /** Of the predicted class. */
  public float probability() {
    return probabilities[top[0]];
  }
}
