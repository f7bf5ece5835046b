package dev.lockstep.collective;

import dev.lockstep.collective.Message.Kind;
import java.nio.ByteBuffer;

/**
 * What a member sends. A buffer is used again in the next round: by then all other processes have
 * answered to what was in it.
 */
final class Outbox {
  private static final double[] NO_NOTES = {};

  private final Group group;
  private final int rank;
  private final ByteBuffer[] shares;
  private ByteBuffer result = ByteBuffer.allocate(0);

  Outbox(Group group, int rank) {
    this.group = group;
    this.rank = rank;
    shares = new ByteBuffer[group.placement.processes()];
  }

  /** Sends each other process this member's part of the slice that it reduces. */
  void sendShares(int round, double weight, double[] note, float[][] vectors) {
    Placement placement = group.placement;
    for (int to = 0; to < shares.length; to++) {
      if (to == group.process) {
        continue;
      }
      int values = 0;
      for (float[] vector : vectors) {
        values += placement.processTo(to, vector.length) - placement.processFrom(to, vector.length);
      }
      ByteBuffer buffer = begin(shares[to], Kind.SHARE, round, weight, note, values);
      shares[to] = buffer;
      for (float[] vector : vectors) {
        int from = placement.processFrom(to, vector.length);
        Message.put(buffer, vector, from, placement.processTo(to, vector.length));
      }
      group.link(to).send(buffer.flip().duplicate());
    }
  }

  /** Sends all other processes the slice that this member has reduced. */
  void sendResults(int round, float[][] combined) {
    Placement placement = group.placement;
    int values = 0;
    for (float[] vector : combined) {
      values += placement.to(rank, vector.length) - placement.from(rank, vector.length);
    }
    result = begin(result, Kind.RESULT, round, 0, NO_NOTES, values);
    for (float[] vector : combined) {
      int from = placement.from(rank, vector.length);
      Message.put(result, vector, from, placement.to(rank, vector.length));
    }
    result.flip();
    for (int to = 0; to < shares.length; to++) {
      if (to != group.process) {
        group.link(to).send(result.duplicate());
      }
    }
  }

  private ByteBuffer begin(
      ByteBuffer old, Kind kind, int round, double weight, double[] note, int values) {
    int bytes = Message.bytes(note.length, values);
    ByteBuffer buffer =
        old == null || old.capacity() < bytes ? ByteBuffer.allocateDirect(bytes) : old;
    Message.begin(buffer, group.id, kind, round, rank, weight, note.length, values);
    for (double value : note) {
      buffer.putDouble(value);
    }
    return buffer;
  }
}
