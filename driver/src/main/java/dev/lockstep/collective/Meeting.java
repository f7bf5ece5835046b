package dev.lockstep.collective;

import dev.lockstep.collective.Rendezvous.Ticket;
import dev.lockstep.spark.Crew;
import dev.lockstep.spark.JobFailure;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * The tasks of one job, as they come. There is no barrier: Spark starts each when it has a slot for
 * it, and which of them take part is decided here, once.
 *
 * <ol>
 *   <li>A task comes, and waits for its answer.
 *   <li>When all that are expected have come, or those who have come have waited long enough, the
 *       meeting is <em>seated</em>: who is there becomes a host of one worker or several, and is
 *       told which, and where the others are. So nobody waits for a slot that another stage holds.
 *   <li>A host that has read what it needs, and whose process takes what the others will send, says
 *       so, and goes on when all have: nothing is sent to one that does not yet know of the group.
 *       Until then the loss of any executor ends the meeting: somebody may be reading from it, and
 *       Spark waits minutes for one that hangs.
 *   <li>Who comes later is not needed now, and goes home at once. Where hosts have several workers,
 *       though, it could be one of them: the stage is {@linkplain #isOutgrown outgrown}, as it is
 *       when an executor has joined since.
 *   <li>A second attempt at the task of a host, by speculation or since the first has failed,
 *       cannot take part: the others would have to go back. It waits until the meeting ends, as its
 *       return would be taken for the host's.
 *   <li>A host that fails says so, and one whose executor is lost, or whose task Spark has seen
 *       fail, is missed by the driver: the meeting has failed then, all its tasks are cancelled,
 *       and the driver opens another one from the last state that it has.
 * </ol>
 */
public final class Meeting implements AutoCloseable {
  /** For how long a failure that others caused waits for one that did. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private final Ticket ticket;
  private final int expected;
  private final Duration patience;
  private final Seating seating;
  private final Predicate<String> isNew;
  private final Runnable closing;

  private final Map<Integer, Guest> guests = new TreeMap<>();
  private final Map<Integer, Consumer<Seat>> answers = new TreeMap<>();
  private final List<Consumer<Seat>> copies = new ArrayList<>();
  private final List<Consumer<Seat>> ready = new ArrayList<>();
  private int stage;
  private long firstAt;
  private Set<String> present = Set.of();
  private boolean seated;
  private boolean shared;
  private boolean outgrown;
  private boolean begun;
  private Throwable failure;
  private long failedAt;

  /** Who does what. */
  public interface Seating {
    /**
     * Called once.
     *
     * @param guests who has come; they become hosts, by their numbers here
     */
    Plan plan(List<Guest> guests);
  }

  /**
   * What hosts are to do.
   *
   * @param hosts which of them has each worker, by worker number; each has one at least
   * @param equipment what each takes with it, by host
   */
  public record Plan(int[] hosts, List<? extends Serializable> equipment) {}

  /**
   * @param isNew whether nobody has come from an executor before; asked whenever somebody comes
   * @param closing what closing does
   */
  Meeting(
      Ticket ticket,
      int expected,
      Duration patience,
      Seating seating,
      Predicate<String> isNew,
      Runnable closing) {
    this.ticket = ticket;
    this.expected = expected;
    this.patience = patience;
    this.seating = seating;
    this.isNew = isNew;
    this.closing = closing;
  }

  /** With which tasks come. */
  public Ticket ticket() {
    return ticket;
  }

  /**
   * Runs the tasks that come here.
   *
   * @param places where each is wanted to run, by task
   * @param watch looked at while they run; what it throws cancels all of them
   * @return what hosts bring
   * @throws MeetingFailure if they cannot go on, or Spark's job fails
   */
  public <T, R> List<R> run(
      Crew<T> crew, List<List<String>> places, Crew.Work<T, R> work, Runnable watch) {
    try {
      return crew.run(places, work, watch, this::isDone);
    } catch (JobFailure e) {
      throw failure(e.getCause());
    }
  }

  synchronized void arrived(Guest guest, Consumer<Seat> answer) {
    boolean fromNew = isNew.test(guest.executor());
    if (!seated) {
      firstAt = guests.isEmpty() ? System.nanoTime() : firstAt;
      guests.put(guest.task(), guest);
      answers.put(guest.task(), answer);
      if (guests.size() >= expected) {
        seat();
      }
    } else if (guests.containsKey(guest.task())) {
      copies.add(answer);
      stage = guest.stage();
    } else {
      outgrown |= shared && fromNew;
      answer.accept(Seat.NONE);
    }
  }

  /** A host can begin. */
  synchronized void ready(Consumer<Seat> answer) {
    ready.add(answer);
    if (ready.size() == guests.size()) {
      begun = true;
      ready.forEach(each -> each.accept(Seat.ALL_READY));
      ready.clear();
    }
  }

  synchronized void failed(Throwable cause) {
    if (failure == null) {
      failedAt = System.nanoTime();
    }
    if (failure == null || isOthersFault(failure) && !isOthersFault(cause)) {
      failure = cause;
    }
  }

  /** Whether somebody failed for another: not if, as memory ran out, it could not hear it. */
  private static boolean isOthersFault(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return failure instanceof CollectiveException && !(root instanceof Error);
  }

  /**
   * Looks whether all is well; called often by the thread that waits for the job.
   *
   * @param executors the ids of those that live
   * @param hasFailed whether a task of a stage has failed, as Spark sees it
   * @throws MeetingFailure if it is not
   */
  public synchronized void look(Set<String> executors, IntPredicate hasFailed) {
    if (!seated && !guests.isEmpty() && System.nanoTime() - firstAt > patience.toNanos()) {
      seat();
    }
    if (failure != null && System.nanoTime() - failedAt > GRACE.toNanos()) {
      throw new MeetingFailure(failure);
    }
    if (!copies.isEmpty() && failure == null && hasFailed.test(stage)) {
      failed(new CollectiveException("the task of a host has failed"));
    }
    if (seated) {
      guests.values().forEach(host -> expectAlive(host.executor(), executors));
    }
    if (seated && present.isEmpty()) {
      present = Set.copyOf(executors);
    }
    if (seated && !begun) {
      present.forEach(executor -> expectAlive(executor, executors));
    }
    outgrown |= shared && !present.containsAll(executors);
  }

  /** Whether it is known who takes part. */
  public synchronized boolean isSeated() {
    return seated;
  }

  /** Whether more hosts could share the work than those who do it. */
  public synchronized boolean isOutgrown() {
    return outgrown;
  }

  private static void expectAlive(String executor, Set<String> executors) {
    if (!executors.contains(executor)) {
      throw new MeetingFailure(new CollectiveException("executor %s was lost".formatted(executor)));
    }
  }

  /** Why a task said that it cannot go on, if one did. */
  synchronized MeetingFailure failure(Throwable otherwise) {
    return new MeetingFailure(failure == null ? otherwise : failure);
  }

  /** Whether so many of the hosts have done their work that nobody else is waited for. */
  synchronized boolean isDone(int hosts) {
    return seated && hosts == guests.size();
  }

  private void seat() {
    seated = true;
    List<Guest> hosts = List.copyOf(guests.values());
    List<Consumer<Seat>> waiting = List.copyOf(answers.values());
    answers.clear();
    List<String> addresses = hosts.stream().map(Guest::address).toList();
    try {
      Plan plan = seating.plan(hosts);
      shared = plan.hosts().length > hosts.size();
      for (int host = 0; host < hosts.size(); host++) {
        waiting
            .get(host)
            .accept(new Seat(host, plan.hosts(), addresses, plan.equipment().get(host)));
      }
    } catch (RuntimeException e) {
      failed(e);
      waiting.forEach(answer -> answer.accept(Seat.NONE));
    }
  }

  private static void release(Collection<Consumer<Seat>> waiting) {
    waiting.forEach(answer -> answer.accept(Seat.NONE));
    waiting.clear();
  }

  /** Lets go who still waits. */
  @Override
  public synchronized void close() {
    closing.run();
    release(copies);
    release(ready);
    release(answers.values());
  }
}
