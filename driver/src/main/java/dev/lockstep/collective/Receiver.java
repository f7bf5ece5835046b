package dev.lockstep.collective;

import dev.lockstep.spark.Wire;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what other processes send; refuses, with one line in the log, what is not expected. */
record Receiver(Groups groups) implements Wire.Ear {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  @Override
  public void heard(Channel from, ByteBuffer bytes) {
    try {
      Message message = Message.read(bytes);
      Group group = groups.find(message.group());
      group.take(message);
      group.reliesOn(from);
    } catch (IllegalArgumentException e) {
      LOG.warn("refused a message from {}: {}", from.remoteAddress(), e.getMessage());
    }
  }

  @Override
  public void lost(Channel channel) {
    groups.all().forEach(group -> group.lost(channel));
  }

  @Override
  public void tooLarge(OutOfMemoryError error) {
    groups.all().forEach(group -> group.fail("out of memory on what another process sent", error));
  }

  @Override
  public long longest() {
    return groups.all().stream().mapToLong(Group::maxMessageBytes).max().orElse(0);
  }
}
