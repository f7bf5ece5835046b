package dev.lockstep.collective;

/** One member's part in combining vectors with all others. For use by one thread. */
public interface Collective extends AutoCloseable {

  /**
   * Combines the vectors of all members, who must all call this equally often, with vectors and
   * notes of the same lengths. Sums are float64 in the order of ranks.
   *
   * @param weight of this member's vectors, at least 0; with 0 they contribute nothing
   * @param note what all members are to know of this one
   * @param vectors this member's; replaced by the combined ones
   * @return the notes of all members, by rank; valid until the next call
   * @throws CollectiveException if another member failed, was too late, or this one was stopped
   */
  double[][] combine(Reduction reduction, double weight, double[] note, float[]... vectors);

  /** How long the last {@link #combine} waited for what others bring, in nanoseconds. */
  long waitedNanos();

  /** Makes the calls of all members fail, since this one cannot go on. */
  void fail(Throwable cause);

  /** Leaves; others that still wait for this member are not told. */
  @Override
  void close();
}
