package dev.lockstep.data;

/**
 * A worker's examples in the order in which it trains them: epoch after epoch without end.
 * Positions count examples from the beginning of the first epoch; any can be gone to, and the next
 * is cheap.
 */
public interface ExampleStream {

  /** Reads from here on; the same examples as ever, wherever they are held now. */
  void hold(Examples examples);

  /** Lets go of the examples for a while. */
  void release();

  /** Goes to a position. */
  void moveTo(long position);

  /** The id of the example here. */
  long id();

  /** How much the example here counts, as {@link Examples#weight}. */
  float weight();

  /** How a network sees the examples. */
  NetworkView view();

  /** Writes the features of the example here, as {@link Examples#copyStored}. */
  void copyStored(float[] features);

  /** Writes the example here, as {@link Examples#copy}. */
  void copy(int row, float[] features, float[] labels);
}
