package dev.lockstep.collective;

import dev.lockstep.collective.Message.Kind;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What members in other processes send to a group. A message is taken only if it is the next of its
 * sender and its place is free, so that no message can touch what is being read.
 */
final class Inbox {
  private final Placement placement;
  private final int process;
  private final int local;
  private final int[] others;
  private final int maxValues;

  // By the sender's rank: what came last, and in which round.
  final double[] weights;
  final double[][] notes;
  final float[][] shares;

  // Where a rank's share is in its array.
  final int[] shareFrom;
  final int[] shareTo;
  private final Object[] locks;
  private final AtomicIntegerArray shareRounds;
  private final AtomicIntegerArray resultRounds;

  /** How often members here have read their shares of a round. */
  private final AtomicLong read = new AtomicLong();

  /** Where results go. */
  private volatile Open open = new Open(0, new float[0][]);

  private record Open(int round, float[][] combined) {}

  Inbox(Placement placement, int process, int maxValues) {
    this.placement = placement;
    this.process = process;
    this.maxValues = maxValues;
    local = placement.hosts(process).length;
    others = placement.others(process);
    weights = new double[placement.size()];
    notes = new double[placement.size()][0];
    shares = new float[placement.size()][0];
    shareFrom = new int[placement.size()];
    shareTo = new int[placement.size()];
    locks = Stream.generate(Object::new).limit(placement.size()).toArray();
    shareRounds = new AtomicIntegerArray(placement.size());
    resultRounds = new AtomicIntegerArray(placement.size());
  }

  /** From now on results of a round are taken, into these vectors. */
  void open(int round, float[][] combined) {
    open = new Open(round, combined);
  }

  /** A member has read the shares of a round. */
  void sharesRead() {
    read.incrementAndGet();
  }

  boolean hasShares(int round) {
    return missing(shareRounds, round) < 0;
  }

  boolean hasResults(int round) {
    return missing(resultRounds, round) < 0;
  }

  /** Who has not sent its share of a round, for messages. */
  String missingShare(int round) {
    return "worker %d in round %d".formatted(missing(shareRounds, round), round);
  }

  /** Who has not sent its result of a round, for messages. */
  String missingResult(int round) {
    return "worker %d in round %d".formatted(missing(resultRounds, round), round);
  }

  private int missing(AtomicIntegerArray rounds, int round) {
    for (int rank : others) {
      if (rounds.get(rank) != round) {
        return rank;
      }
    }
    return -1;
  }

  /**
   * Takes a message in.
   *
   * @throws IllegalArgumentException if it is not expected; nothing has changed then
   */
  void take(Message message) {
    int sender = message.sender();
    expect(
        sender >= 0 && sender < placement.size() && placement.process(sender) != process,
        "unknown sender");
    synchronized (locks[sender]) {
      if (message.kind() == Kind.SHARE) {
        takeShare(message, sender);
      } else {
        takeResult(message, sender);
      }
    }
  }

  private void takeShare(Message message, int sender) {
    int round = message.round();
    expect(
        round == shareRounds.get(sender) + 1 && read.get() == (long) local * (round - 1),
        "out of sequence");
    expect(message.weight() >= 0, "weight is negative");
    expect(message.values() <= maxValues, "too long");
    if (notes[sender].length != message.notes()) {
      notes[sender] = new double[message.notes()];
    }
    if (shares[sender].length != message.values()) {
      shares[sender] = new float[message.values()];
    }
    shareTo[sender] = message.values();
    weights[sender] = message.weight();
    message.readNotes(notes[sender]);
    message.floats().get(shares[sender]);
    shareRounds.set(sender, round);
  }

  private void takeResult(Message message, int sender) {
    Open now = open;
    expect(
        message.round() == resultRounds.get(sender) + 1 && message.round() == now.round(),
        "out of sequence");
    int expected = 0;
    for (float[] vector : now.combined()) {
      expected += placement.to(sender, vector.length) - placement.from(sender, vector.length);
    }
    expect(message.values() == expected && message.notes() == 0, "wrong length");
    var values = message.floats();
    for (float[] vector : now.combined()) {
      int from = placement.from(sender, vector.length);
      values.get(vector, from, placement.to(sender, vector.length) - from);
    }
    resultRounds.set(sender, message.round());
  }

  /**
   * Takes the share of a rank, which was relayed.
   *
   * @param all weights and notes of some ranks, and shares of them
   */
  void deliver(int rank, double[] all, int at, int noteCount, float[] values, int from, int to) {
    expect(all[at] >= 0, "weight is negative");
    weights[rank] = all[at];
    notes[rank] = Arrays.copyOfRange(all, at + 1, at + 1 + noteCount);
    shares[rank] = values;
    shareFrom[rank] = from;
    shareTo[rank] = to;
  }

  static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
