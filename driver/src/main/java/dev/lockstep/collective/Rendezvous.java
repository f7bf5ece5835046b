package dev.lockstep.collective;

import dev.lockstep.spark.Desk;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Where, in the driver, the tasks of stages come to meet: each stage's at a {@link Meeting}. */
public final class Rendezvous implements AutoCloseable {
  private final UUID token = UUID.randomUUID();
  private final AtomicInteger opened = new AtomicInteger();
  private final Map<GroupId, Meeting> meetings = new ConcurrentHashMap<>();
  private final Set<String> executors = ConcurrentHashMap.newKeySet();
  private final Desk<Word, Seat> desk = new Desk<>(this::said);

  /** What a task says. */
  sealed interface Word extends Serializable {
    /** Of which stage it is. */
    GroupId group();
  }

  /** It cannot go on, and why. */
  record Failed(GroupId group, Throwable cause) implements Word {}

  /** It has come. */
  record Arrived(GroupId group, Guest guest) implements Word {}

  /** It has all that it needs, and its process takes what the other hosts send. */
  record Ready(GroupId group) implements Word {}

  /**
   * What the driver gives the tasks of a stage so that they find, and admit, each other.
   *
   * @param group who meets
   * @param rendezvous the name of the desk
   * @param maxValues how many values the vectors of a worker will have together at most
   */
  public record Ticket(GroupId group, String rendezvous, int maxValues) implements Serializable {}

  /**
   * Opens a meeting, for the tasks of one job.
   *
   * @param expected how many are to come, before it begins
   * @param patience for how long those who have come wait for more
   */
  public Meeting open(int maxValues, int expected, Duration patience, Meeting.Seating seating) {
    GroupId group = new GroupId(token, opened.incrementAndGet());
    Ticket ticket = new Ticket(group, desk.name(), maxValues);
    Meeting meeting =
        new Meeting(
            ticket, expected, patience, seating, executors::add, () -> meetings.remove(group));
    meetings.put(group, meeting);
    return meeting;
  }

  private void said(Word word, Consumer<Seat> answer) {
    Meeting meeting = meetings.get(word.group());
    if (meeting == null) {
      answer.accept(Seat.NONE);
    } else if (word instanceof Arrived arrived) {
      meeting.arrived(arrived.guest(), answer);
    } else if (word instanceof Ready) {
      meeting.ready(answer);
    } else if (word instanceof Failed failed) {
      meeting.failed(failed.cause());
      answer.accept(Seat.NONE);
    }
  }

  @Override
  public void close() {
    desk.close();
  }
}
