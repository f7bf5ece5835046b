package dev.lockstep.collective;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a task is told at a meeting.
 *
 * @param host the task's number among the hosts; -1 if it is not needed and goes home
 * @param hosts which of them has each worker, by worker number
 * @param addresses where their processes are reached, by host
 * @param equipment what the driver gives it to work with
 */
public record Seat(int host, int[] hosts, List<String> addresses, Serializable equipment)
    implements Serializable {
  static final Seat NONE = new Seat(-1, new int[0], List.of(), null);

  /** What a host that is ready is told when all are. */
  static final Seat ALL_READY = new Seat(0, new int[0], List.of(), null);

  /** Whether the task is to do anything. */
  public boolean isTaken() {
    return host >= 0;
  }

  /** The workers that it is the host of, ascending. */
  public int[] workers() {
    return IntStream.range(0, hosts.length).filter(worker -> hosts[worker] == host).toArray();
  }
}
