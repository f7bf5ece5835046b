package dev.lockstep.collective;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The members in this process, each a host of one rank or several, and their links to the others. A
 * direct allreduce (Thakur, Rabenseifner and Gropp 2005: reduce-scatter, then allgather) in which
 * each member reduces the slices of its ranks for all: through shared memory within a process, by
 * messages between processes, which a {@link Relay} joins where they are many and short.
 */
final class Group {
  final GroupId id;
  final Placement placement;
  final int process;
  final Inbox inbox;
  final Waiting waiting;
  final Barrier barrier;

  /** By whose way messages go; empty where each process sends to each other. */
  final Optional<Relay> relay;

  // What local members publish, by rank, before they meet.
  final double[] weights;
  final double[][] notes;
  final float[][][] published;

  /** The result: whole when all local members have met again and all results have come. */
  float[][] combined = {};

  private final int[] local;
  private final int maxValues;
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private volatile List<Link> links = List.of();

  /** A way to another process. */
  interface Link {
    /** Sends a message, which stays as it is until the other process has answered to it. */
    void send(ByteBuffer message);
  }

  /** Makes links to the processes of a group. */
  interface Connector {
    /**
     * By process; null where {@link Group#sendsTo} is false.
     *
     * @param index of the local member that connects
     */
    List<Link> connect(Group group, int index);
  }

  /**
   * @param process which of the placement's processes this one is
   * @param maxValues how many values the vectors of a rank may have together
   */
  Group(GroupId id, Placement placement, int process, int maxValues) {
    this.id = id;
    this.placement = placement;
    this.process = process;
    local = placement.members(process);
    this.maxValues = maxValues;
    inbox = new Inbox(placement, process, maxValues);
    int hosts = placement.hosts(process).length;
    waiting = new Waiting(hosts);
    barrier = new Barrier(hosts, waiting);
    weights = new double[placement.size()];
    notes = new double[placement.size()][];
    published = new float[placement.size()][][];
    relay =
        Relay.pays(placement, maxValues)
            ? Optional.of(new Relay(this, maxValues))
            : Optional.empty();
  }

  /** Waits for all local members, and connects with the other processes. */
  void meet(int index, Patience patience, Connector connector) {
    barrier.await(
        index,
        patience,
        () -> {
          if (placement.processes() > 1) {
            links = connector.connect(this, index);
          }
        });
  }

  /** Whether there are members in other processes. */
  boolean spansProcesses() {
    return placement.processes() > 1;
  }

  /** Whether messages go from here to another process. */
  boolean sendsTo(int other) {
    return other != process && (relay.isEmpty() || relay.get().sendsTo(other));
  }

  Link link(int process) {
    return links.get(process);
  }

  /** The members here cannot go on without this connection. */
  void reliesOn(Channel channel) {
    connections.add(channel);
  }

  /** A connection has ended. */
  void lost(Channel channel) {
    if (connections.contains(channel)) {
      fail("lost the connection with " + channel.remoteAddress(), null);
    }
  }

  /** How long a message for this group may be. */
  long maxMessageBytes() {
    return relay.isPresent()
        ? relay.get().maxMessageBytes()
        : Message.bytes(Message.MAX_NOTES, maxValues);
  }

  /** Takes in what another process sent, or throws and has changed nothing. */
  void take(Message message) {
    if (relay.isPresent()) {
      relay.get().take(message);
    } else {
      inbox.take(message);
    }
    waiting.signal();
  }

  void fail(String why, Throwable cause) {
    waiting.fail(new CollectiveException(why, cause));
  }

  /** What the last local member does when all have published for a round. */
  void prepare(int round) {
    int first = local[0];
    if (combined.length != published[first].length) {
      combined = new float[published[first].length][0];
    }
    for (int rank : local) {
      expectSame(rank, "vectors", combined.length, published[rank].length);
      expectSame(rank, "notes", notes[first].length, notes[rank].length);
      for (int v = 0; v < combined.length; v++) {
        expectSame(rank, "values", published[first][v].length, published[rank][v].length);
      }
    }
    for (int v = 0; v < combined.length; v++) {
      if (combined[v].length != published[first][v].length) {
        combined[v] = new float[published[first][v].length];
      }
    }
    inbox.open(round, combined);
  }

  static void expectSame(int rank, String what, int expected, int found) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "worker %d brings %d %s where %d are expected".formatted(rank, found, what, expected));
    }
  }
}
