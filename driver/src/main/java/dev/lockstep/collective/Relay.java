package dev.lockstep.collective;

import dev.lockstep.collective.Message.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What processes exchange in a round, in ⌈log₂ P⌉ messages each way in place of P − 1: shares and
 * results take their way over other processes, which pass them on as they are (Bruck et al. 1997,
 * "Efficient algorithms for all-to-all communications in multiport message-passing systems"). In
 * step k a process sends to the one that is 2ᵏ after it, and hears from the one that is 2ᵏ before
 * it:
 *
 * <ul>
 *   <li>Shares: what a process brings to the slice of the one that is j after it goes in the steps
 *       of the bits of j. Nothing is added up on the way, so that sums are in the order of ranks
 *       here too.
 *   <li>Results: a process passes on all slices that it has, twice as many in each step.
 * </ul>
 *
 * <p>Which parts are in a message, in which order and how long each is, follows from the step and
 * the placement: it holds nothing else. For use by one thread, but for {@link #take} and what it is
 * asked whether something has come.
 */
final class Relay {
  /**
   * What a message costs, however short, as so many values cost: α/β as {@code bench allreduce}
   * measures them (cluster/SIZING.md).
   */
  private static final double VALUES_A_MESSAGE = 33_000;

  /**
   * Of long vectors the messages are packed by one thread, where direct ones are by each member's.
   */
  private static final double MUCH_LESS = 0.9;

  /** How many vectors of a worker may each have a value more in a slice than in another. */
  private static final int ROUNDING = 16;

  private final Group group;
  private final Placement placement;
  private final int process;
  private final int processes;
  private final int steps;

  /** The ranks of each process. */
  private final int[][] members;

  private final Way shares;
  private final Way results;

  // What is exchanged in this round.
  private int noteCount;
  private float[][] combined;
  private final double[][] notesOf;
  private final int[] notesAt;
  private final float[][] valuesOf;
  private final int[] valuesAt;

  Relay(Group group, int maxValues) {
    this.group = group;
    placement = group.placement;
    process = group.process;
    processes = placement.processes();
    steps = steps(processes);
    members = IntStream.range(0, processes).mapToObj(placement::members).toArray(int[][]::new);
    int most = maxShares(maxValues);
    shares = new Way(Kind.RELAYED_SHARES, most);
    results = new Way(Kind.RELAYED_RESULTS, maxValues);
    notesOf = new double[processes][];
    notesAt = new int[processes];
    valuesOf = new float[processes][];
    valuesAt = new int[processes];
  }

  private static int steps(int processes) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(processes - 1);
  }

  /**
   * Whether it takes much less time than that each process sends to each other.
   *
   * @param values of each rank
   */
  static boolean pays(Placement placement, long values) {
    double processes = placement.processes();
    double ranks = placement.size() / processes;
    int steps = steps(placement.processes());
    double others = (processes - 1) / processes;
    double direct = 2 * (processes - 1) * ranks * VALUES_A_MESSAGE + (ranks + 1) * values * others;
    double relayed = 2 * steps * VALUES_A_MESSAGE + (ranks * steps / 2 + others) * values;
    return relayed < MUCH_LESS * direct;
  }

  /** How many values the shares of a step have at most. */
  private int maxShares(int maxValues) {
    long ranks = Arrays.stream(members).mapToLong(each -> each.length).max().orElseThrow();
    long slice = (maxValues * ranks + placement.size() - 1) / placement.size() + ROUNDING;
    return (int) Math.min(Integer.MAX_VALUE / Float.BYTES / 2, processes * ranks * slice);
  }

  /** How long a message may be. */
  long maxMessageBytes() {
    long notes = (long) placement.size() * (1 + Message.MAX_NOTES);
    return Message.bytes(0, Math.max(shares.most, results.most)) + notes * Double.BYTES;
  }

  /** Whether this process sends to another. */
  boolean sendsTo(int other) {
    return IntStream.range(0, steps).anyMatch(step -> to(step) == other);
  }

  private int to(int step) {
    return Math.floorMod(process + (1 << step), processes);
  }

  private int from(int step) {
    return Math.floorMod(process - (1 << step), processes);
  }

  /** Messages of one kind: what is sent, and what has come, by step. */
  private final class Way {
    final Kind kind;
    final int most;
    final ByteBuffer[] sent = new ByteBuffer[steps];
    final Came[] came = IntStream.range(0, steps).mapToObj(k -> new Came()).toArray(Came[]::new);
    volatile int done;

    Way(Kind kind, int most) {
      this.kind = kind;
      this.most = most;
    }

    ByteBuffer begin(int step, int round, int notes, int values) {
      int bytes = Message.bytes(notes, values);
      if (sent[step] == null || sent[step].capacity() < bytes) {
        sent[step] = ByteBuffer.allocateDirect(bytes);
      }
      Message.begin(sent[step], group.id, kind, round, process, 0, notes, values);
      return sent[step];
    }

    void send(int step) {
      group.link(to(step)).send(sent[step].flip().duplicate());
    }

    Came await(int step, int round, Patience patience) {
      Came from = came[step];
      group.waiting.await(
          0,
          patience,
          () -> from.round == round,
          () -> "worker %d in round %d".formatted(members[from(step)][0], round));
      return from;
    }

    void done(int round) {
      done = round;
      group.waiting.signal();
    }
  }

  /** What has come in a step: kept until it has been read, as no other may come before. */
  private static final class Came {
    double[] notes = {};
    float[] values = {};
    volatile int round;
    volatile int read;
  }

  /**
   * Takes a message in.
   *
   * @throws IllegalArgumentException if it is not expected; nothing has changed then
   */
  void take(Message message) {
    Way way = message.kind() == Kind.RELAYED_SHARES ? shares : results;
    int step =
        IntStream.range(0, steps).filter(k -> from(k) == message.sender()).findFirst().orElse(-1);
    Inbox.expect(message.kind() == way.kind, "messages are relayed here");
    Inbox.expect(step >= 0, "unknown sender");
    Came came = way.came[step];
    synchronized (came) {
      Inbox.expect(message.round() == came.round + 1 && came.read == came.round, "out of sequence");
      Inbox.expect(message.values() <= way.most, "too long");
      Inbox.expect(message.notes() <= placement.size() * (1 + Message.MAX_NOTES), "too many notes");
      if (came.notes.length != message.notes()) {
        came.notes = new double[message.notes()];
      }
      if (came.values.length != message.values()) {
        came.values = new float[message.values()];
      }
      message.readNotes(came.notes);
      message.floats().get(came.values);
      came.round = message.round();
    }
  }

  boolean hasShares(int round) {
    return shares.done == round;
  }

  boolean hasResults(int round) {
    return results.done == round;
  }

  /** Sends on all shares, and puts those of this process's slice into the inbox. */
  void exchangeShares(int round, Patience patience) {
    int first = members[process][0];
    noteCount = group.notes[first].length;
    combined = group.combined;
    for (int step = 0; step < steps; step++) {
      sendShares(step, round);
      takeShares(step, shares.await(step, round, patience));
    }
    for (int j = 1; j < processes; j++) {
      deliver(j);
    }
    shares.done(round);
  }

  /** From where a part is, before a step, that ends its way at the one j after there. */
  private int source(int j, int step) {
    return Math.floorMod(process - (j & ((1 << step) - 1)), processes);
  }

  private int slice(int of) {
    int values = 0;
    for (float[] vector : combined) {
      values += placement.processTo(of, vector.length) - placement.processFrom(of, vector.length);
    }
    return values;
  }

  private int ranks(int source) {
    return members[source].length;
  }

  private void sendShares(int step, int round) {
    int notes = 0;
    int values = 0;
    for (int j = 1 << step; j < processes; j++) {
      if ((j >> step & 1) == 1) {
        int source = source(j, step);
        notes += ranks(source) * (1 + noteCount);
        values += ranks(source) * slice(Math.floorMod(source + j, processes));
      }
    }
    ByteBuffer buffer = shares.begin(step, round, notes, values);
    for (int j = 1 << step; j < processes; j++) {
      if ((j >> step & 1) == 1) {
        putNotes(buffer, j, source(j, step));
      }
    }
    for (int j = 1 << step; j < processes; j++) {
      if ((j >> step & 1) == 1) {
        int source = source(j, step);
        putValues(buffer, j, source, Math.floorMod(source + j, processes));
      }
    }
    shares.send(step);
  }

  private void putNotes(ByteBuffer buffer, int j, int source) {
    if (source != process) {
      int count = ranks(source) * (1 + noteCount);
      for (int i = 0; i < count; i++) {
        buffer.putDouble(notesOf[j][notesAt[j] + i]);
      }
      return;
    }
    for (int rank : members[process]) {
      buffer.putDouble(group.weights[rank]);
      for (double note : group.notes[rank]) {
        buffer.putDouble(note);
      }
    }
  }

  private void putValues(ByteBuffer buffer, int j, int source, int end) {
    if (source != process) {
      int count = ranks(source) * slice(end);
      Message.put(buffer, valuesOf[j], valuesAt[j], valuesAt[j] + count);
      return;
    }
    for (int rank : members[process]) {
      for (float[] vector : group.published[rank]) {
        int from = placement.processFrom(end, vector.length);
        Message.put(buffer, vector, from, placement.processTo(end, vector.length));
      }
    }
  }

  /** Where the parts of a message are. */
  private void takeShares(int step, Came came) {
    int notes = 0;
    int values = 0;
    for (int j = 1 << step; j < processes; j++) {
      if ((j >> step & 1) == 1) {
        int source = source(j, step + 1);
        notesOf[j] = came.notes;
        notesAt[j] = notes;
        valuesOf[j] = came.values;
        valuesAt[j] = values;
        notes += ranks(source) * (1 + noteCount);
        values += ranks(source) * slice(Math.floorMod(source + j, processes));
      }
    }
    int sender = members[from(step)][0];
    Group.expectSame(sender, "notes", notes, came.notes.length);
    Group.expectSame(sender, "values", values, came.values.length);
  }

  /** What has come from the process that is j before this one. */
  private void deliver(int j) {
    int notes = notesAt[j];
    int values = valuesAt[j];
    for (int rank : members[Math.floorMod(process - j, processes)]) {
      int to = values + slice(process);
      group.inbox.deliver(rank, notesOf[j], notes, noteCount, valuesOf[j], values, to);
      notes += 1 + noteCount;
      values = to;
    }
  }

  /** Sends on all results, and puts them together; called when all here are reduced. */
  void exchangeResults(int round, Patience patience) {
    for (Came came : shares.came) {
      came.read = round;
    }
    for (int step = 0; step < steps; step++) {
      int count = Math.min(1 << step, processes - (1 << step));
      sendResults(step, round, count);
      Came came = results.await(step, round, patience);
      takeResults(step, came, count);
      came.read = round;
    }
    results.done(round);
  }

  private void sendResults(int step, int round, int count) {
    int values = 0;
    for (int back = 0; back < count; back++) {
      values += slice(Math.floorMod(process - back, processes));
    }
    ByteBuffer buffer = results.begin(step, round, 0, values);
    for (int back = 0; back < count; back++) {
      int of = Math.floorMod(process - back, processes);
      for (float[] vector : combined) {
        int from = placement.processFrom(of, vector.length);
        Message.put(buffer, vector, from, placement.processTo(of, vector.length));
      }
    }
    results.send(step);
  }

  private void takeResults(int step, Came came, int count) {
    int at = 0;
    for (int back = 0; back < count; back++) {
      int of = Math.floorMod(from(step) - back, processes);
      for (float[] vector : combined) {
        int from = placement.processFrom(of, vector.length);
        int length = placement.processTo(of, vector.length) - from;
        System.arraycopy(came.values, at, vector, from, length);
        at += length;
      }
    }
    Group.expectSame(members[from(step)][0], "values", at, came.values.length);
  }
}
