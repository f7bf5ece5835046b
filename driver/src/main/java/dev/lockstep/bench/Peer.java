package dev.lockstep.bench;

/**
 * A library that trains networks in one thread, to be timed beside others on the same minibatches.
 * One that is no part of Lockstep's jar is listed in {@code
 * META-INF/services/dev.lockstep.bench.Peer} of its own.
 */
public interface Peer {

  /** As {@code --against} has it. */
  String name();

  /** For the table: its version, and what computes. */
  String description(PeerTask task);

  /**
   * Makes all ready that need not be made at each step.
   *
   * @throws UnsupportedOperationException naming the layer that the peer does not have
   * @throws IllegalStateException if the library does not load, or not as it should
   */
  Training start(PeerTask task);

  /** A network under training. */
  interface Training extends AutoCloseable {

    /**
     * One update.
     *
     * @param minibatch from 0, of {@link PeerTask#minibatches}
     */
    void step(int minibatch);

    /** The mean loss of an example in the last step, before its update and without penalties. */
    double loss();

    @Override
    void close();
  }
}
