package dev.lockstep.collective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which host has each rank, which process each host runs in, and which slice of a vector is reduced
 * where. Each rank has a slice. Slices follow one another by process, then rank, so that a process
 * has one contiguous slice.
 */
final class Placement {
  private final int[] hosts;
  private final int[] processes;
  private final int[] positions;

  /** How many ranks the processes before one have. */
  private final int[] firsts;

  /**
   * Each rank at a host of its own.
   *
   * @param processes the number of each rank's process, from 0 without gaps
   */
  Placement(int... processes) {
    this(IntStream.range(0, processes.length).toArray(), processes);
  }

  /**
   * @param hosts the number of each rank's host
   * @param processesOfHosts the number of each host's process, from 0 without gaps
   */
  Placement(int[] hosts, int[] processesOfHosts) {
    this.hosts = hosts.clone();
    processes = Arrays.stream(hosts).map(host -> processesOfHosts[host]).toArray();
    int count = Arrays.stream(processes).max().orElseThrow() + 1;
    positions = new int[processes.length];
    firsts = new int[count + 1];
    int position = 0;
    for (int process = 0; process < count; process++) {
      firsts[process] = position;
      for (int rank : members(process)) {
        positions[rank] = position++;
      }
    }
    firsts[count] = position;
  }

  /**
   * From where hosts run, each with one rank at least.
   *
   * @param hosts the number of each rank's host
   * @param addresses by host, in any notation that differs between processes
   */
  static Placement of(int[] hosts, List<String> addresses) {
    List<String> distinct = new ArrayList<>();
    return new Placement(
        hosts,
        addresses.stream()
            .mapToInt(
                address -> {
                  if (!distinct.contains(address)) {
                    distinct.add(address);
                  }
                  return distinct.indexOf(address);
                })
            .toArray());
  }

  /** How many ranks. */
  int size() {
    return processes.length;
  }

  /** How many processes. */
  int processes() {
    return firsts.length - 1;
  }

  int process(int rank) {
    return processes[rank];
  }

  /** The ranks of a host, ascending. */
  int[] ranks(int host) {
    return IntStream.range(0, hosts.length).filter(r -> hosts[r] == host).toArray();
  }

  /** The hosts in a process, ascending. */
  int[] hosts(int process) {
    return IntStream.of(members(process)).map(rank -> hosts[rank]).sorted().distinct().toArray();
  }

  /** The ranks in a process, ascending. */
  int[] members(int process) {
    return IntStream.range(0, processes.length).filter(r -> processes[r] == process).toArray();
  }

  /** The ranks in other processes. */
  int[] others(int process) {
    return IntStream.range(0, processes.length).filter(r -> processes[r] != process).toArray();
  }

  /** The first element of a rank's slice. */
  int from(int rank, int length) {
    return cut(positions[rank], length);
  }

  /** The element after a rank's slice. */
  int to(int rank, int length) {
    return cut(positions[rank] + 1, length);
  }

  /** The first element of a process's slice. */
  int processFrom(int process, int length) {
    return cut(firsts[process], length);
  }

  /** The element after a process's slice. */
  int processTo(int process, int length) {
    return cut(firsts[process + 1], length);
  }

  private int cut(int position, int length) {
    return (int) ((long) length * position / processes.length);
  }
}
