package dev.lockstep.collective;

import java.util.Arrays;

/**
 * A member of a group, in its own thread: the host of one rank or several. A round of {@link
 * #combine} has these steps; nobody waits anywhere else:
 *
 * <ol>
 *   <li>Publish: the member puts weights, notes and vectors into the group's arrays, at its ranks.
 *   <li>Meet (wait for the members in this process). The last to come makes room for the result and
 *       opens the inbox for results of this round. Shares from elsewhere may be there already,
 *       since those of the round before have been read; results cannot, as they need this process's
 *       shares.
 *   <li>Send shares: of each own rank's vectors, to each other process the slice that the members
 *       there reduce. Then wait for the shares of all ranks elsewhere.
 *   <li>Reduce the slices of the own ranks, the same in each round, over all ranks in order, into
 *       the group's result. Slices do not overlap, so that members write side by side.
 *   <li>Send the reduced slices to the other processes.
 *   <li>Meet again. Now all slices of this process are in the result, and nobody here reads any
 *       more what was published: vectors may be written over. What is on its way to another process
 *       is a copy in the outbox, whose answer, the other's result or next share, comes before it is
 *       used again.
 *   <li>Wait for the slices of other processes, which the inbox writes into the result, and copy
 *       the result over the first rank's vectors. The result stays until all have met in the next
 *       round: step 2 comes before anyone reduces into it again.
 * </ol>
 *
 * <p>Where a {@link Relay} joins messages, the first member sends for all of its process: what the
 * others bring in step 3, and all results after step 6.
 *
 * <p>What makes it visible: within a process, step 2 and step 6, by the {@link Barrier}; from other
 * processes, that the inbox counts a message in after it has written what was in it, and the member
 * reads the count before it looks.
 */
final class Member implements Collective {
  private static final Runnable NOTHING = () -> {};
  private static final String OTHERS = "workers of other processes";

  private final Group group;
  private final Placement placement;
  private final int[] ranks;
  private final int index;
  private final Patience patience;
  private final Runnable leaving;
  private final Outbox[] outboxes;
  private final Reducer reducer = new Reducer();
  private int round;
  private long waitedNanos;

  // What this member sees of a round, by rank; of each vector, and where what it sees of it starts.
  private final double[] weights;
  private final double[][] notes;
  private float[][][] vectors = {};
  private int[][] starts = {};

  /**
   * @param leaving what closing does
   */
  Member(Group group, int host, Patience patience, Runnable leaving) {
    this.group = group;
    this.patience = patience;
    this.leaving = leaving;
    placement = group.placement;
    ranks = placement.ranks(host);
    index = Arrays.binarySearch(placement.hosts(group.process), host);
    outboxes =
        Arrays.stream(ranks).mapToObj(rank -> new Outbox(group, rank)).toArray(Outbox[]::new);
    weights = new double[placement.size()];
    notes = new double[placement.size()][0];
  }

  void meet(Group.Connector connector) {
    group.meet(index, patience, connector);
  }

  @Override
  public double[][] combine(
      Reduction reduction, double[] ownWeights, double[][] ownNotes, float[][][] own) {
    int now = ++round;
    for (int i = 0; i < ranks.length; i++) {
      group.weights[ranks[i]] = ownWeights[i];
      group.notes[ranks[i]] = ownNotes[i];
      group.published[ranks[i]] = own[i];
    }
    long publishedAt = System.nanoTime();
    group.barrier.await(index, patience, () -> group.prepare(now));
    waitedNanos = System.nanoTime() - publishedAt;
    if (group.spansProcesses()) {
      exchangeShares(now, ownWeights, ownNotes, own);
    }
    float[][] result = own[0];
    look(ownNotes[0].length, result.length);
    reduce(reduction.divisor(weights));
    if (group.spansProcesses() && group.relay.isEmpty()) {
      group.inbox.sharesRead();
      for (Outbox outbox : outboxes) {
        outbox.sendResults(now, group.combined);
      }
    }
    // When all have met, all have read what was published: it may be written over.
    group.barrier.await(index, patience, NOTHING);
    if (group.spansProcesses()) {
      awaitResults(now);
    }
    for (int v = 0; v < result.length; v++) {
      System.arraycopy(group.combined[v], 0, result[v], 0, result[v].length);
    }
    // One that never has to wait would not hear of it elsewhere.
    group.waiting.checkStopped(patience, () -> "stopped");
    return notes;
  }

  private void exchangeShares(int now, double[] ownWeights, double[][] ownNotes, float[][][] own) {
    if (group.relay.isEmpty()) {
      for (int i = 0; i < ranks.length; i++) {
        outboxes[i].sendShares(now, ownWeights[i], ownNotes[i], own[i]);
      }
    }
    long sentAt = System.nanoTime();
    if (group.relay.isEmpty()) {
      group.waiting.await(
          index, patience, () -> group.inbox.hasShares(now), () -> group.inbox.missingShare(now));
    } else if (index == 0) {
      group.relay.get().exchangeShares(now, patience);
    } else {
      Relay relay = group.relay.get();
      group.waiting.await(index, patience, () -> relay.hasShares(now), () -> OTHERS);
    }
    waitedNanos += System.nanoTime() - sentAt;
  }

  private void awaitResults(int now) {
    if (group.relay.isEmpty()) {
      group.waiting.await(
          index, patience, () -> group.inbox.hasResults(now), () -> group.inbox.missingResult(now));
    } else if (index == 0) {
      group.relay.get().exchangeResults(now, patience);
    } else {
      Relay relay = group.relay.get();
      group.waiting.await(index, patience, () -> relay.hasResults(now), () -> OTHERS);
    }
  }

  /** Looks at what all members bring. */
  private void look(int noteCount, int vectorCount) {
    if (vectors.length != vectorCount) {
      vectors = new float[vectorCount][placement.size()][];
      starts = new int[vectorCount][placement.size()];
    }
    for (int other = 0; other < placement.size(); other++) {
      if (placement.process(other) == group.process) {
        lookAtLocal(other);
      } else {
        lookAtShare(other);
      }
      Group.expectSame(other, "notes", noteCount, notes[other].length);
    }
  }

  private void lookAtLocal(int other) {
    weights[other] = group.weights[other];
    copyNotes(other, group.notes[other]);
    for (int v = 0; v < vectors.length; v++) {
      vectors[v][other] = group.published[other][v];
      starts[v][other] = 0;
    }
  }

  private void lookAtShare(int other) {
    weights[other] = group.inbox.weights[other];
    copyNotes(other, group.inbox.notes[other]);
    float[] share = group.inbox.shares[other];
    int offset = group.inbox.shareFrom[other];
    for (int v = 0; v < vectors.length; v++) {
      int length = group.combined[v].length;
      int from = placement.processFrom(group.process, length);
      vectors[v][other] = share;
      starts[v][other] = from - offset;
      offset += placement.processTo(group.process, length) - from;
    }
    Group.expectSame(other, "values", offset, group.inbox.shareTo[other]);
  }

  private void copyNotes(int other, double[] from) {
    if (notes[other].length != from.length) {
      notes[other] = new double[from.length];
    }
    System.arraycopy(from, 0, notes[other], 0, from.length);
  }

  private void reduce(double divisor) {
    for (int v = 0; v < vectors.length; v++) {
      float[] combined = group.combined[v];
      for (int rank : ranks) {
        int from = placement.from(rank, combined.length);
        int to = placement.to(rank, combined.length);
        reducer.reduce(divisor, weights, vectors[v], starts[v], from, to, combined);
      }
    }
  }

  @Override
  public long waitedNanos() {
    return waitedNanos;
  }

  @Override
  public void fail(Throwable cause) {
    group.fail("worker %d failed: %s".formatted(ranks[0], cause), cause);
  }

  @Override
  public void close() {
    leaving.run();
  }
}
