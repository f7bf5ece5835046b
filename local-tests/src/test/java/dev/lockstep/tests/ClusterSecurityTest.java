package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.spark.SparkLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.TransportConf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with {@code spark.authenticate}: who does not know the secret takes no part. */
@Tag("each-line")
@Needs(PublishedData.MNIST)
@Tag("cluster")
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class ClusterSecurityTest {
  private static final String SECRET = "known-to-members";
  private static final long REPLY_MILLIS = 10_000;

  @TempDir private static Path folder;
  private static MiniCluster cluster;
  private static JavaSparkContext spark;

  /**
   * Three workers have trained until both executors took part, so that their ports are open: one
   * whose task starts late is not waited for.
   */
  @BeforeAll
  static void start() {
    SparkExtension.stop();
    Way.PARAMETERS.undisturbed();
    String daemons = "-Dspark.authenticate=true -Dspark.authenticate.secret=" + SECRET;
    cluster = new MiniCluster(folder, 2, 2, Map.of("SPARK_DAEMON_JAVA_OPTS", daemons));
    spark = cluster.connect(knowing(SECRET));
    do {
      assertThat(Way.PARAMETERS.train(spark)).isEqualTo(Way.PARAMETERS.undisturbed());
    } while (lockstepPorts().size() < 2);
  }

  @AfterAll
  static void stop() {
    spark.close();
    cluster.close();
  }

  @Test
  void executors_listen_on_the_address_that_spark_listens_on_and_on_one_port_more() {
    List<ProcessHandle> executors = cluster.executors();

    assertThat(executors).hasSize(2);
    for (ProcessHandle executor : executors) {
      assertThat(Listening.of(executor))
          .hasSize(2)
          .extracting(Listening::address)
          .containsOnly("127.0.0.1");
    }
    assertThat(lockstepPorts()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void a_peer_without_the_secret_can_neither_connect_nor_write_nor_read() throws Exception {
    for (int port : lockstepPorts()) {
      try (Peer member = Peer.knowing(SECRET);
          Peer guesser = Peer.knowing("guessed");
          Peer stranger = Peer.silent()) {
        assertThat(member.connect(port).isActive()).isTrue();
        assertThatThrownBy(() -> guesser.connect(port))
            .hasStackTraceContaining("AuthClientBootstrap.doBootstrap");
        TransportClient client = stranger.connect(port);
        client.send(ByteBuffer.allocate(64));
        assertThatThrownBy(() -> client.sendRpcSync(ByteBuffer.allocate(64), REPLY_MILLIS))
            .hasMessageContaining("maybe your client does not have SASL enabled");
      }
    }

    assertThat(Way.PARAMETERS.train(spark)).isEqualTo(Way.PARAMETERS.undisturbed());
  }

  @Test
  void an_executor_without_the_secret_cannot_join() throws IOException {
    int before = executors();

    Output refused = Output.of(executor("guessed"));
    int after = executors();
    Process joining = executor(SECRET);
    while (executors() == before) {
      assertThat(joining.isAlive()).as("the executor that knows the secret").isTrue();
      Pause.brief();
    }
    joining.destroyForcibly();
    while (executors() != before) {
      Pause.brief();
    }

    assertThat(refused.exitCode()).as(refused.text()).isNotZero();
    assertThat(refused.err()).contains("New auth protocol failed");
    assertThat(after).isEqualTo(before);
  }

  private static SparkConf knowing(String secret) {
    return new SparkConf()
        .set("spark.authenticate", "true")
        .set("spark.authenticate.secret", secret)
        .set("spark.network.crypto.enabled", "true");
  }

  private static int executors() {
    return spark.sc().statusTracker().getExecutorInfos().length;
  }

  /** The ports of executors that are none of Spark's block managers'. */
  private static List<Integer> lockstepPorts() {
    List<Integer> sparks =
        Stream.of(spark.sc().statusTracker().getExecutorInfos())
            .map(SparkExecutorInfo::port)
            .toList();
    return cluster.executors().stream()
        .flatMap(executor -> Listening.of(executor).stream())
        .map(Listening::port)
        .filter(port -> !sparks.contains(port))
        .toList();
  }

  /** One more executor of the application. */
  private static Process executor(String secret) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "@" + Path.of("../cluster/conf/jvm.options"),
            "-Dspark.authenticate=true",
            "-Dspark.authenticate.secret=" + secret,
            "-Dspark.network.crypto.enabled=true",
            "-cp",
            cluster.sparkHome() + "/jars/*",
            "org.apache.spark.executor.CoarseGrainedExecutorBackend",
            "--driver-url",
            "spark://CoarseGrainedScheduler@127.0.0.1:" + spark.getConf().get("spark.driver.port"),
            "--executor-id",
            "77",
            "--hostname",
            "127.0.0.1",
            "--cores",
            "1",
            "--app-id",
            spark.sc().applicationId())
        .start();
  }

  /** A process that connects with those of a group. */
  private record Peer(TransportContext context, TransportClientFactory clients)
      implements AutoCloseable {

    static Peer knowing(String secret) {
      TransportConf conf = conf(ClusterSecurityTest.knowing(secret));
      return of(conf, List.of(new AuthClientBootstrap(conf, "app", new Secret(secret))));
    }

    /** One that does not try to prove itself. */
    static Peer silent() {
      return of(conf(new SparkConf()), List.of());
    }

    private static TransportConf conf(SparkConf conf) {
      return SparkLine.transport(conf, 1);
    }

    private static Peer of(TransportConf conf, List<TransportClientBootstrap> bootstraps) {
      TransportContext context = new TransportContext(conf, new NoOpRpcHandler());
      return new Peer(context, context.createClientFactory(bootstraps));
    }

    TransportClient connect(int port) throws IOException, InterruptedException {
      return clients.createClient("127.0.0.1", port);
    }

    @Override
    public void close() {
      clients.close();
      context.close();
    }
  }

  private record Secret(String text) implements SecretKeyHolder {
    @Override
    public String getSaslUser(String app) {
      return "user";
    }

    @Override
    public String getSecretKey(String app) {
      return text;
    }
  }
}
