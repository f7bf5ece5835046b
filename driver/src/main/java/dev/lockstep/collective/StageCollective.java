package dev.lockstep.collective;

import dev.lockstep.collective.Group.Link;
import dev.lockstep.spark.Desk;
import dev.lockstep.spark.Wire;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

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
    String[] addresses = addresses(group, index, ticket, patience, node.wire().address());
    List<Link> links = new ArrayList<>();
    for (int process = 0; process < addresses.length; process++) {
      links.add(process == group.process ? null : node.link(group, addresses[process]));
    }
    return links;
  }

  private static String[] addresses(
      Group group, int index, Ticket ticket, Patience patience, String own) {
    Placement placement = group.placement;
    CompletableFuture<String[]> answer =
        Desk.ask(
            ticket.rendezvous(),
            new Rendezvous.Question(group.id, placement.processes(), group.process, own),
            patience.timeout().toMillis());
    answer.whenComplete((addresses, failure) -> group.waiting.signal());
    group.waiting.await(
        index, patience, answer::isDone, () -> "the addresses of the other executors");
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw new CollectiveException(
          "no addresses of the other executors: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** This executor's, opened when first needed. */
  private static synchronized Node node() {
    if (node == null) {
      node = new Node(Wire.open(new Receiver(GROUPS)), GROUPS);
    }
    return node;
  }
}
