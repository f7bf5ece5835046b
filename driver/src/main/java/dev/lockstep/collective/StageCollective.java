package dev.lockstep.collective;

import dev.lockstep.collective.Group.Link;
import dev.lockstep.collective.Rendezvous.Ticket;
import dev.lockstep.spark.Desk;
import dev.lockstep.spark.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** How a task meets the other tasks of its stage. */
public final class StageCollective {
  private static final String TIMEOUT = "spark.lockstep.timeout";
  private static final String DRIVER = "driver";
  private static final long LOOK_MILLIS = 20;
  private static final long ANSWER_MILLIS = 1000;
  private static final Groups GROUPS = new Groups();
  private static Node node;

  private StageCollective() {}

  /**
   * Comes to the meeting of the stage, waits until it is known what the task is to do, and does it
   * with the others. Whatever fails is told to the driver and to the other hosts.
   *
   * @param keeps whether this process keeps what the driver asks for
   * @param preparation gets what the host needs; no round begins before it is over at all hosts
   * @param work what the host does with it
   * @return what the work brings; nothing if the task is not needed
   * @throws CollectiveException if the driver does not answer, another host is lost, that is, not
   *     heard of for {@code spark.lockstep.timeout}, by default 60 s, or the task is told to stop
   */
  public static <P, R> List<R> takePart(
      TaskContext task,
      Ticket ticket,
      boolean keeps,
      Function<Seat, P> preparation,
      BiFunction<P, Collective, R> work) {
    try {
      Seat seat = come(task, ticket, keeps);
      return seat.isTaken() ? List.of(host(task, ticket, seat, preparation, work)) : List.of();
    } catch (Throwable e) {
      failed(ticket, e);
      throw e;
    }
  }

  private static <P, R> R host(
      TaskContext task,
      Ticket ticket,
      Seat seat,
      Function<Seat, P> preparation,
      BiFunction<P, Collective, R> work) {
    try (Member member = join(task, ticket, seat)) {
      try {
        List<String> processes = seat.addresses().stream().distinct().toList();
        member.meet((group, index) -> connect(group, processes));
        P prepared = preparation.apply(seat);
        Rendezvous.Word ready = new Rendezvous.Ready(ticket.group());
        if (!answer(task, ticket, ready, timeout()).isTaken()) {
          throw new CollectiveException("the driver has ended the meeting");
        }
        return work.apply(prepared, member);
      } catch (Throwable e) {
        // The driver first, as the others will tell it of their failure, of which this is the
        // cause.
        failed(ticket, e);
        member.fail(e);
        throw e;
      }
    }
  }

  private static Seat come(TaskContext task, Ticket ticket, boolean keeps) {
    String executor = SparkEnv.get().executorId();
    // Who trains in the driver's process has nobody elsewhere to meet.
    String address = executor.equals(DRIVER) ? DRIVER : node().wire().address();
    Guest guest = new Guest(task.stageId(), task.partitionId(), executor, address, keeps);
    Rendezvous.Word arrived = new Rendezvous.Arrived(ticket.group(), guest);
    return answer(task, ticket, arrived, Duration.ofDays(365));
  }

  private static Seat answer(
      TaskContext task, Ticket ticket, Rendezvous.Word word, Duration patience) {
    long askedAt = System.nanoTime();
    CompletableFuture<Seat> answer = Desk.ask(ticket.rendezvous(), word, Integer.MAX_VALUE);
    while (true) {
      try {
        return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (task.isInterrupted()) {
          throw new CollectiveException("stopped while waiting for the other tasks");
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - askedAt);
        if (waited.compareTo(patience) > 0) {
          throw new CollectiveException(
              "waited %d ms for other workers to be ready in vain".formatted(waited.toMillis()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CollectiveException("stopped while waiting for the other tasks", e);
      } catch (ExecutionException e) {
        throw new CollectiveException("the driver does not answer: " + e.getCause(), e.getCause());
      }
    }
  }

  /** Joins the hosts in this process: from now on it takes what others send. */
  private static Member join(TaskContext task, Ticket ticket, Seat seat) {
    Patience patience = new Patience(timeout(), task::isInterrupted);
    Placement placement = Placement.of(seat.hosts(), seat.addresses());
    int process = placement.process(placement.ranks(seat.host())[0]);
    return GROUPS.join(
        ticket.group(), placement, process, seat.host(), ticket.maxValues(), patience);
  }

  /** Tells the driver why this task cannot go on. */
  private static void failed(Ticket ticket, Throwable cause) {
    try {
      Desk.ask(ticket.rendezvous(), new Rendezvous.Failed(ticket.group(), cause), ANSWER_MILLIS);
    } catch (Exception e) { // one that cannot be written, which Scala does not declare
      Throwable told = new IllegalStateException(cause.toString());
      Desk.ask(ticket.rendezvous(), new Rendezvous.Failed(ticket.group(), told), ANSWER_MILLIS);
    }
  }

  private static Duration timeout() {
    return Duration.ofSeconds(SparkEnv.get().conf().getTimeAsSeconds(TIMEOUT, "60s"));
  }

  private static List<Link> connect(Group group, List<String> processes) {
    List<Link> links = new ArrayList<>();
    for (int process = 0; process < processes.size(); process++) {
      links.add(group.sendsTo(process) ? node().link(group, processes.get(process)) : null);
    }
    return links;
  }

  /** This executor's, opened when first needed. */
  private static synchronized Node node() {
    if (node == null) {
      node = new Node(Wire.open(new Receiver(GROUPS)), GROUPS);
    }
    return node;
  }
}
