package dev.lockstep.collective;

/**
 * A host's part in combining its workers' vectors with those of all others. For use by one thread.
 */
public interface Collective extends AutoCloseable {

  /**
   * Combines the vectors of all workers. All hosts must call this equally often, with vectors and
   * notes of the same lengths. Sums are float64 in the order of ranks.
   *
   * @param weights of the vectors of each worker here, at least 0; with 0 they contribute nothing
   * @param notes what all are to know of each worker here
   * @param vectors of each worker here, by rank; the first's are replaced by the combined ones
   * @return the notes of all workers, by rank; valid until the next call
   * @throws CollectiveException if another host failed, was too late, or this one was stopped
   */
  double[][] combine(Reduction reduction, double[] weights, double[][] notes, float[][][] vectors);

  /** The same, at a host of one worker. */
  default double[][] combine(
      Reduction reduction, double weight, double[] note, float[]... vectors) {
    return combine(
        reduction, new double[] {weight}, new double[][] {note}, new float[][][] {vectors});
  }

  /** How long the last {@link #combine} waited for what others bring, in nanoseconds. */
  long waitedNanos();

  /** Makes the calls of all members fail, since this one cannot go on. */
  void fail(Throwable cause);

  /** Leaves; others that still wait for this member are not told. */
  @Override
  void close();
}
