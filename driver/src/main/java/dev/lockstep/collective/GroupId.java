package dev.lockstep.collective;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Names a group, and admits to it: who does not know the token cannot send it anything.
 *
 * @param token random, from the driver
 * @param meeting the number of the driver's meeting
 */
public record GroupId(UUID token, int meeting) implements Serializable {
  static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

  void put(ByteBuffer buffer) {
    buffer.putLong(token.getMostSignificantBits());
    buffer.putLong(token.getLeastSignificantBits());
    buffer.putInt(meeting);
  }

  static GroupId read(ByteBuffer buffer) {
    return new GroupId(new UUID(buffer.getLong(), buffer.getLong()), buffer.getInt());
  }
}
