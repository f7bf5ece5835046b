package dev.lockstep.collective;

import dev.lockstep.collective.Group.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.protocol.OneWayMessage;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;

/** This process's end of the connections with others, over Spark's own network layer. */
final class Node implements AutoCloseable {
  private final Groups groups;
  private final TransportContext context;
  private final TransportServer server;
  private final TransportClientFactory clients;
  private final String host;

  /**
   * Authentication of both directions, as Spark has it.
   *
   * @param server what is demanded of processes that connect
   * @param client how this process proves itself
   */
  record Security(List<TransportServerBootstrap> server, List<TransportClientBootstrap> client) {
    static final Security NONE = new Security(List.of(), List.of());
  }

  /**
   * Listens on a port that is free.
   *
   * @param host the only address to listen on
   * @param groups whose messages are taken
   */
  Node(TransportConf conf, String host, Security security, Groups groups) {
    this.groups = groups;
    this.host = host;
    context = new TransportContext(conf, new Receiver(groups));
    List<TransportServerBootstrap> bootstraps = new ArrayList<>();
    bootstraps.add(FrameLimit.bootstrap(groups));
    bootstraps.addAll(security.server());
    server = context.createServer(host, 0, bootstraps);
    clients = context.createClientFactory(security.client());
  }

  /** Where others reach this process, as host:port. */
  String address() {
    return host + ":" + server.getPort();
  }

  /** A link to another process for the messages of a group. */
  Link link(Group group, String address) {
    int colon = address.lastIndexOf(':');
    try {
      String peer = address.substring(0, colon);
      int port = Integer.parseInt(address.substring(colon + 1));
      TransportClient client = clients.createClient(peer, port);
      group.reliesOn(client.getChannel());
      return message -> send(group, address, client, message);
    } catch (IOException e) {
      throw new CollectiveException("no connection to " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CollectiveException("stopped while connecting to " + address, e);
    }
  }

  private static void send(
      Group group, String address, TransportClient client, ByteBuffer message) {
    client
        .getChannel()
        .writeAndFlush(new OneWayMessage(new NioManagedBuffer(message)))
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                group.fail("cannot send to " + address, sent.cause());
              }
            });
  }

  Groups groups() {
    return groups;
  }

  @Override
  public void close() {
    clients.close();
    server.close();
    context.close();
  }
}
