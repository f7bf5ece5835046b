package dev.lockstep.collective;

import dev.lockstep.collective.Group.Link;
import dev.lockstep.collective.Node.Security;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.util.TransportConf;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.util.RpcUtils;
import org.apache.spark.util.ThreadUtils;
import scala.Option;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;
import scala.util.Failure;

/** The collective of the tasks of a barrier stage. */
public final class StageCollective {
  private static final String TIMEOUT = "spark.lockstep.timeout";
  private static final Groups GROUPS = new Groups();
  private static Node node;

  private StageCollective() {}

  /**
   * What the driver gives the tasks of a stage so that they find, and admit, each other.
   *
   * @param token random
   * @param rendezvous the name of the driver's {@link Rendezvous}
   */
  public record Ticket(UUID token, String rendezvous) implements Serializable {}

  /**
   * Joins the tasks of the stage; waits for all. A member is lost when it does not come within
   * {@code spark.lockstep.timeout}, by default 60 s.
   *
   * @param maxValues how many values the vectors of a member will have together at most
   */
  public static Collective join(BarrierTaskContext task, Ticket ticket, int maxValues) {
    SparkConf conf = SparkEnv.get().conf();
    Duration timeout = Duration.ofSeconds(conf.getTimeAsSeconds(TIMEOUT, "60s"));
    Patience patience = new Patience(timeout, task::isInterrupted);
    Placement placement =
        Placement.of(Arrays.stream(task.getTaskInfos()).map(BarrierTaskInfo::address).toList());
    GroupId id = new GroupId(ticket.token(), task.stageAttemptNumber());
    Member member = GROUPS.join(id, placement, task.partitionId(), maxValues, patience);
    try {
      member.meet((group, index) -> connect(group, index, ticket, patience));
      return member;
    } catch (Throwable e) {
      member.fail(e);
      member.close();
      throw e;
    }
  }

  private static List<Link> connect(Group group, int index, Ticket ticket, Patience patience) {
    Node node = node();
    String[] addresses = addresses(group, index, ticket, patience, node.address());
    List<Link> links = new ArrayList<>();
    for (int process = 0; process < addresses.length; process++) {
      links.add(process == group.process ? null : node.link(group, addresses[process]));
    }
    return links;
  }

  private static String[] addresses(
      Group group, int index, Ticket ticket, Patience patience, String own) {
    SparkEnv env = SparkEnv.get();
    RpcEndpointRef rendezvous =
        RpcUtils.makeDriverRef(ticket.rendezvous(), env.conf(), env.rpcEnv());
    RpcTimeout timeout =
        new RpcTimeout(
            new FiniteDuration(patience.timeout().toMillis(), TimeUnit.MILLISECONDS), TIMEOUT);
    Future<String[]> answer =
        rendezvous.ask(
            Rendezvous.question(group.id, group.placement, group.process, own),
            timeout,
            ClassTag$.MODULE$.apply(String[].class));
    answer.onComplete(
        unused -> {
          group.waiting.signal();
          return null;
        },
        ThreadUtils.sameThread());
    group.waiting.await(
        index, patience, answer::isCompleted, () -> "the addresses of the other executors");
    if (answer.value().get() instanceof Failure<String[]> failure) {
      throw new CollectiveException(
          "no addresses of the other executors: " + failure.exception().getMessage(),
          failure.exception());
    }
    return answer.value().get().get();
  }

  /** This executor's, opened when first needed. */
  private static synchronized Node node() {
    if (node == null) {
      SparkEnv env = SparkEnv.get();
      // One thread each way is enough: members wait for each other anyhow.
      TransportConf conf = SparkTransportConf.fromSparkConf(env.conf(), "rpc", 1, Option.empty());
      String host = env.blockManager().blockManagerId().host();
      node = new Node(conf, host, security(env, conf), GROUPS);
    }
    return node;
  }

  private static Security security(SparkEnv env, TransportConf conf) {
    SecurityManager manager = env.securityManager();
    return manager.isAuthenticationEnabled()
        ? new Security(
            List.of(new AuthServerBootstrap(conf, manager)),
            List.of(new AuthClientBootstrap(conf, env.conf().getAppId(), manager)))
        : Security.NONE;
  }
}
