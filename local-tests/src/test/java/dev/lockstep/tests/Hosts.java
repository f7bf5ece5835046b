package dev.lockstep.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Several hosts on this machine: network namespaces of Linux, each with an address of its own,
 * joined by a bridge. They are in a user namespace, so that nobody needs to be root, and are gone
 * with the processes that hold them, which end when their standard input does.
 */
final class Hosts implements AutoCloseable {
  private static final String HOLD = "echo up; read end";

  private final Process network;
  private final List<Process> hosts = new ArrayList<>();

  Hosts(int count) {
    network = hold("unshare", "--user", "--map-root-user", "--net", "sh", "-c", HOLD);
    ip("link set lo up");
    ip("link add name bridge type bridge");
    ip("link set bridge up");
    IntStream.range(0, count).forEach(this::add);
  }

  /** Skips tests, with the reason, where there can be none. */
  static final class Possible implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return obstacle()
          .map(ConditionEvaluationResult::disabled)
          .orElse(ConditionEvaluationResult.enabled("network namespaces"));
    }
  }

  private static Optional<String> obstacle() {
    for (String tool : List.of("unshare", "nsenter", "ip")) {
      if (sh("command -v " + tool).exitCode() != 0) {
        return Optional.of("hosts in network namespaces need the command " + tool);
      }
    }
    Output tried =
        sh(
            "unshare --user --map-root-user --net sh -ec 'ip link add name bridge type bridge;"
                + " ip link add name first type veth peer name second;"
                + " ip link set first master bridge'");
    return tried.exitCode() == 0
        ? Optional.empty()
        : Optional.of("no network namespaces here: " + tried.text().strip());
  }

  private static Output sh(String command) {
    return Output.of(Map.of(), List.of("sh", "-c", command));
  }

  private void add(int host) {
    Process holder = hold(within(network, "unshare", "--net", "sh", "-c", HOLD));
    hosts.add(holder);
    String link = link(host);
    ip("link add name %s type veth peer name eth0 netns %d".formatted(link, holder.pid()));
    ip("link set %s master bridge up".formatted(link));
    run(on(host, "ip", "link", "set", "lo", "up"));
    run(on(host, "ip", "address", "add", address(host) + "/24", "dev", "eth0"));
    run(on(host, "ip", "link", "set", "eth0", "up"));
  }

  private static String link(int host) {
    return "host" + host;
  }

  static String address(int host) {
    return "10.77.0." + (1 + host);
  }

  /** The command line that runs a command on a host. */
  String[] on(int host, String... command) {
    return within(hosts.get(host), command);
  }

  /** Takes a host from the network. Nobody is told; what it sends is lost. */
  void cut(int host) {
    ip("link set %s down".formatted(link(host)));
  }

  void heal(int host) {
    ip("link set %s up".formatted(link(host)));
  }

  /**
   * Limits what comes to a host.
   *
   * @param rate such as {@code 100mbit}
   * @return whether this machine can do that
   */
  boolean limit(int host, String rate) {
    String limit = "tc qdisc add dev %s root tbf rate %s burst 64kb latency 50ms";
    String[] command = limit.formatted(link(host), rate).split(" ");
    return Output.of(Map.of(), List.of(within(network, command))).exitCode() == 0;
  }

  /** Ends a {@link #limit}. */
  void unlimit(int host) {
    run(within(network, "tc", "qdisc", "del", "dev", link(host), "root"));
  }

  private void ip(String arguments) {
    run(within(network, ("ip " + arguments).split(" ")));
  }

  private static void run(String... command) {
    Output output = Output.of(Map.of(), List.of(command));
    if (output.exitCode() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + output.text());
    }
  }

  private static String[] within(Process holder, String... command) {
    String enter = "nsenter --target %d --user --net --preserve-credentials";
    return Stream.of(enter.formatted(holder.pid()).split(" "), command)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  /** A process that has made its namespaces. */
  private static Process hold(String... command) {
    try {
      Process holder = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader out = holder.inputReader();
      String line = out.readLine();
      if (!"up".equals(line)) {
        throw new IllegalStateException(String.join(" ", command) + ": " + line);
      }
      return holder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    hosts.forEach(Process::destroy);
    network.destroy();
  }
}
