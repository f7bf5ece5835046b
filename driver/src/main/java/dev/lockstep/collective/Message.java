package dev.lockstep.collective;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * What processes send each other: a head, then notes, then values.
 *
 * @param group the group's id
 * @param kind what it is
 * @param round from 1
 * @param sender the rank of the member that sends; of what is relayed, the number of the process
 * @param weight of the sender's vectors, in a {@link Kind#SHARE}
 * @param notes how many notes follow the head
 * @param values how many values follow the notes
 * @param content notes and values
 */
record Message(
    GroupId group,
    Kind kind,
    int round,
    int sender,
    double weight,
    int notes,
    int values,
    ByteBuffer content) {
  /** What a message is. */
  enum Kind {
    /** A member's part of the slice that the receiving process reduces. */
    SHARE(MAX_NOTES),
    /** A slice that the sender has reduced. */
    RESULT(MAX_NOTES),
    /** Shares on their way, with weights and notes. */
    RELAYED_SHARES(MAX_RELAYED),
    /** Slices that are passed on. */
    RELAYED_RESULTS(0);

    private final int maxNotes;

    Kind(int maxNotes) {
      this.maxNotes = maxNotes;
    }
  }

  private static final int MAGIC = 0x4c6f636b;
  private static final int HEAD =
      Integer.BYTES + GroupId.BYTES + 3 * Integer.BYTES + Double.BYTES + 2 * Integer.BYTES;

  /** How many notes a member may have. */
  static final int MAX_NOTES = 16;

  private static final int MAX_RELAYED = 1 << 24;

  /** How long a message is that has so many notes and values. */
  static int bytes(int notes, int values) {
    return Math.addExact(HEAD + notes * Double.BYTES, Math.multiplyExact(values, Float.BYTES));
  }

  /** Begins a message; the notes and values are put next. */
  static void begin(
      ByteBuffer buffer,
      GroupId group,
      Kind kind,
      int round,
      int sender,
      double weight,
      int notes,
      int values) {
    buffer.clear();
    buffer.putInt(MAGIC);
    group.put(buffer);
    buffer.putInt(kind.ordinal()).putInt(round).putInt(sender).putDouble(weight);
    buffer.putInt(notes).putInt(values);
  }

  /** Puts values. */
  static void put(ByteBuffer buffer, float[] values, int from, int to) {
    buffer.asFloatBuffer().put(values, from, to - from);
    buffer.position(buffer.position() + (to - from) * Float.BYTES);
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Message read(ByteBuffer bytes) {
    ByteBuffer buffer = bytes.slice();
    expect(buffer.remaining() >= HEAD && buffer.getInt() == MAGIC, "not a message of Lockstep");
    GroupId group = GroupId.read(buffer);
    int kind = buffer.getInt();
    expect(kind >= 0 && kind < Kind.values().length, "unknown kind of message");
    int round = buffer.getInt();
    int sender = buffer.getInt();
    double weight = buffer.getDouble();
    int notes = buffer.getInt();
    int values = buffer.getInt();
    expect(notes >= 0 && notes <= Kind.values()[kind].maxNotes, "too many notes");
    expect(
        values >= 0
            && buffer.remaining() == (long) notes * Double.BYTES + (long) values * Float.BYTES,
        "length does not fit the head");
    return new Message(
        group, Kind.values()[kind], round, sender, weight, notes, values, buffer.slice());
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** The notes. */
  void readNotes(double[] into) {
    content.asDoubleBuffer().get(into, 0, notes);
  }

  /** The values. */
  FloatBuffer floats() {
    return content.slice(notes * Double.BYTES, values * Float.BYTES).asFloatBuffer();
  }
}
