package dev.lockstep.models;

/** How many examples a pass without training computes at once: {@link LocalTrainer#passSize}. */
public final class PassSize {
  /**
   * Of all layers in one pass: 128 MB, and with other layouts and scratch memory some times that.
   */
  private static final long VALUES = 1 << 25;

  /** Of the examples as they are in the heap: 16 MB. */
  static final int FEATURES = 1 << 22;

  private PassSize() {}

  /**
   * A power of two, so that kernels which take some rows at a time leave none over.
   *
   * @param most enough for fast kernels, few enough to be computed where one is asked for
   * @param values how many an example becomes, in all layers together
   * @param features how many it has
   */
  public static int of(int most, long values, int features) {
    long fit = Math.min(VALUES / Math.max(1, values), FEATURES / Math.max(1, features));
    return Integer.highestOneBit((int) Math.max(1, Math.min(most, fit)));
  }
}
