package dev.lockstep.collective;

import dev.lockstep.spark.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Members in threads of this JVM, each a host, over "processes" that share nothing but connections
 * on loopback.
 */
final class Party implements AutoCloseable {
  final GroupId id = new GroupId(UUID.randomUUID(), 0);
  final Placement placement;
  final List<Node> nodes = new ArrayList<>();
  private final Patience patience;
  private final int maxValues;
  private final int hosts;
  private final CountDownLatch joined;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** What a member does. */
  interface Task<R> {
    R run(int host, Collective collective) throws Exception;
  }

  Party(Placement placement, int maxValues, Duration timeout) {
    this.placement = placement;
    hosts = IntStream.range(0, placement.processes()).map(p -> placement.hosts(p).length).sum();
    joined = new CountDownLatch(hosts);
    this.maxValues = maxValues;
    patience = new Patience(timeout, () -> false);
    for (int process = 0; process < placement.processes(); process++) {
      Groups groups = new Groups();
      nodes.add(new Node(Wire.open("127.0.0.1", new Receiver(groups)), groups));
    }
  }

  /** Runs the task as each member, each in a thread of its own; by host. */
  <R> List<Future<R>> start(Task<R> task) {
    List<Future<R>> results = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      int number = host;
      Callable<R> call =
          () -> {
            try (Member member = join(number)) {
              return task.run(number, member);
            }
          };
      results.add(threads.submit(call));
    }
    return results;
  }

  /** What all members bring; an exception of any is thrown. */
  <R> List<R> run(Task<R> task) throws InterruptedException, ExecutionException {
    List<R> results = new ArrayList<>();
    for (Future<R> result : start(task)) {
      results.add(result.get());
    }
    return results;
  }

  private Member join(int host) throws InterruptedException {
    int process = placement.process(placement.ranks(host)[0]);
    Node own = nodes.get(process);
    Member member = own.groups().join(id, placement, process, host, maxValues, patience);
    joined.countDown();
    joined.await();
    member.meet(
        (group, index) ->
            IntStream.range(0, nodes.size())
                .mapToObj(
                    to ->
                        group.sendsTo(to) ? own.link(group, nodes.get(to).wire().address()) : null)
                .toList());
    return member;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    nodes.forEach(Node::close);
  }
}
