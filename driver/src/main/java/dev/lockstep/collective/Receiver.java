package dev.lockstep.collective;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what other processes send; refuses, with one line in the log, what is not expected. */
final class Receiver extends RpcHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private final StreamManager noStreams = new OneForOneStreamManager();
  private final Groups groups;

  Receiver(Groups groups) {
    this.groups = groups;
  }

  @Override
  public void receive(TransportClient sender, ByteBuffer bytes) {
    try {
      Message message = Message.read(bytes);
      Group group = groups.find(message.group());
      group.take(message);
      group.reliesOn(sender.getChannel());
    } catch (IllegalArgumentException e) {
      LOG.warn("refused a message from {}: {}", sender.getSocketAddress(), e.getMessage());
    }
  }

  @Override
  public void receive(TransportClient sender, ByteBuffer bytes, RpcResponseCallback callback) {
    callback.onFailure(new UnsupportedOperationException("nothing is answered here"));
  }

  @Override
  public void channelInactive(TransportClient sender) {
    Channel channel = sender.getChannel();
    groups.all().forEach(group -> group.lost(channel));
  }

  @Override
  public StreamManager getStreamManager() {
    return noStreams;
  }
}
