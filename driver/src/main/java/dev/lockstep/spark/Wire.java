package dev.lockstep.spark;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.protocol.OneWayMessage;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;

/**
 * Messages between executors, over Spark's own network layer: authenticated and encrypted as
 * Spark's settings say. Listens on one port of one address, and sends without being answered.
 */
public final class Wire implements AutoCloseable {
  private final TransportContext context;
  private final TransportServer server;
  private final TransportClientFactory clients;
  private final String host;

  /** Takes what comes; called by the network's threads. */
  public interface Ear {
    /** A message, to be read before this returns. */
    void heard(Channel from, ByteBuffer message);

    /** A connection is there no more. */
    void lost(Channel channel);

    /** Memory has run out on what came; the connection ends. */
    void tooLarge(OutOfMemoryError error);

    /** How long a message may be now, in bytes: a longer one ends its connection unread. */
    long longest();
  }

  /** A connection with another process. */
  public interface Line {
    /**
     * Sends a message, which must stay as it is until the other process has answered to it.
     *
     * @param failed told later why it could not be sent
     */
    void send(ByteBuffer message, Consumer<Throwable> failed);

    /** By which the loss of the connection is told. */
    Channel channel();
  }

  /** What is demanded of processes that connect, and how this one proves itself. */
  private record Security(
      List<TransportServerBootstrap> server, List<TransportClientBootstrap> client) {}

  private Wire(TransportConf conf, String host, Security security, Ear ear) {
    this.host = host;
    context = new TransportContext(conf, new Handler(ear));
    List<TransportServerBootstrap> bootstraps = new ArrayList<>();
    bootstraps.add(FrameLimit.bootstrap(ear::longest));
    bootstraps.addAll(security.server());
    server = context.createServer(host, 0, bootstraps);
    clients = context.createClientFactory(security.client());
  }

  /** Of this executor, on the address that its Spark listens on. */
  public static Wire open(Ear ear) {
    SparkEnv env = SparkEnv.get();
    // One thread each way is enough: workers wait for each other anyhow.
    TransportConf conf = SparkLine.transport(env.conf(), 1);
    return new Wire(conf, env.blockManager().blockManagerId().host(), security(env, conf), ear);
  }

  /** Of a process without Spark: anybody may connect. */
  public static Wire open(String host, Ear ear) {
    return new Wire(
        new TransportConf("rpc", MapConfigProvider.EMPTY),
        host,
        new Security(List.of(), List.of()),
        ear);
  }

  private static Security security(SparkEnv env, TransportConf conf) {
    SecurityManager manager = env.securityManager();
    return manager.isAuthenticationEnabled()
        ? new Security(
            List.of(new AuthServerBootstrap(conf, manager)),
            List.of(new AuthClientBootstrap(conf, env.conf().getAppId(), manager)))
        : new Security(List.of(), List.of());
  }

  /** Where others reach this process, as host:port. */
  public String address() {
    return host + ":" + server.getPort();
  }

  /**
   * Connects.
   *
   * @param address another process's
   * @throws IOException if nobody answers there, or this process is not let in
   */
  public Line connect(String address) throws IOException, InterruptedException {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    return new ClientLine(clients.createClient(address.substring(0, colon), port));
  }

  @Override
  public void close() {
    clients.close();
    server.close();
    context.close();
  }

  private record ClientLine(TransportClient client) implements Line {
    @Override
    public void send(ByteBuffer message, Consumer<Throwable> failed) {
      client
          .getChannel()
          .writeAndFlush(new OneWayMessage(new NioManagedBuffer(message)))
          .addListener(
              sent -> {
                if (!sent.isSuccess()) {
                  failed.accept(sent.cause());
                }
              });
    }

    @Override
    public Channel channel() {
      return client.getChannel();
    }
  }

  private static final class Handler extends RpcHandler {
    private final StreamManager noStreams = new OneForOneStreamManager();
    private final Ear ear;

    Handler(Ear ear) {
      this.ear = ear;
    }

    @Override
    public void receive(TransportClient sender, ByteBuffer message) {
      ear.heard(sender.getChannel(), message);
    }

    @Override
    public void receive(TransportClient sender, ByteBuffer message, RpcResponseCallback callback) {
      callback.onFailure(new UnsupportedOperationException("nothing is answered here"));
    }

    @Override
    public void channelInactive(TransportClient sender) {
      ear.lost(sender.getChannel());
    }

    @Override
    public void exceptionCaught(Throwable cause, TransportClient sender) {
      if (cause instanceof OutOfMemoryError error) {
        ear.tooLarge(error);
      }
    }

    @Override
    public StreamManager getStreamManager() {
      return noStreams;
    }
  }
}
