package dev.lockstep.collective;

import java.util.Arrays;

/** The members that share this process: each reduces a slice for all. */
final class Group {
  private static final Runnable NOTHING = () -> {};

  private final int size;
  private final Waiting waiting;
  private final Barrier barrier;

  // What members publish, by rank, before they meet.
  private final double[] weights;
  private final double[][] notes;
  private final float[][][] published;

  // What the last to arrive prepares for all.
  private float[][][] byRank = {};
  private float[][] combined = {};
  private final int[] starts;
  private double divisor;

  Group(int size) {
    this.size = size;
    waiting = new Waiting(size);
    barrier = new Barrier(size, waiting);
    weights = new double[size];
    notes = new double[size][];
    published = new float[size][][];
    starts = new int[size];
  }

  Collective member(int rank, Patience patience) {
    return new Member(rank, patience);
  }

  private void prepare(Reduction reduction) {
    float[][] first = published[0];
    if (byRank.length != first.length) {
      byRank = new float[first.length][size][];
      combined = new float[first.length][0];
    }
    for (int v = 0; v < first.length; v++) {
      for (int rank = 0; rank < size; rank++) {
        expectSame("vectors", first.length, published[rank].length, rank);
        expectSame("elements", first[v].length, published[rank][v].length, rank);
        expectSame("notes", notes[0].length, notes[rank].length, rank);
        byRank[v][rank] = published[rank][v];
      }
      if (combined[v].length != first[v].length) {
        combined[v] = new float[first[v].length];
      }
    }
    divisor = reduction.divisor(weights);
  }

  private static void expectSame(String what, int expected, int found, int rank) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "worker %d brings %d %s, worker 0 brings %d".formatted(rank, found, what, expected));
    }
  }

  private final class Member implements Collective {
    private final int rank;
    private final Patience patience;
    private final Reducer reducer = new Reducer();
    private final double[][] allNotes = new double[size][0];

    Member(int rank, Patience patience) {
      this.rank = rank;
      this.patience = patience;
    }

    @Override
    public double[][] combine(
        Reduction reduction, double weight, double[] note, float[]... vectors) {
      weights[rank] = weight;
      notes[rank] = note;
      published[rank] = vectors;
      barrier.await(rank, patience, () -> prepare(reduction));
      reduceSlices();
      copyNotes();
      // All have read what was published; now it may be written over.
      barrier.await(rank, patience, NOTHING);
      for (int v = 0; v < vectors.length; v++) {
        System.arraycopy(combined[v], 0, vectors[v], 0, vectors[v].length);
      }
      return allNotes;
    }

    private void reduceSlices() {
      for (int v = 0; v < combined.length; v++) {
        long length = combined[v].length;
        int from = (int) (length * rank / size);
        int to = (int) (length * (rank + 1) / size);
        reducer.reduce(divisor, weights, byRank[v], starts, from, to, combined[v]);
      }
    }

    private void copyNotes() {
      for (int other = 0; other < size; other++) {
        if (allNotes[other].length != notes[other].length) {
          allNotes[other] = Arrays.copyOf(notes[other], notes[other].length);
        } else {
          System.arraycopy(notes[other], 0, allNotes[other], 0, notes[other].length);
        }
      }
    }

    @Override
    public void fail(Throwable cause) {
      waiting.fail(new CollectiveException("worker %d failed: %s".formatted(rank, cause), cause));
    }

    @Override
    public void close() {
      // Nothing is held for a member.
    }
  }
}
