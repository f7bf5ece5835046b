package dev.lockstep.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.bench.Framework;
import dev.lockstep.bench.Peer;
import dev.lockstep.bench.PeerBench;
import dev.lockstep.bench.PeerResult;
import dev.lockstep.bench.PeerTask;
import dev.lockstep.bench.Peers;
import dev.lockstep.data.FileSystems;
import dev.lockstep.models.network.ExampleNetwork;
import dev.lockstep.report.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The local step beside those of others, each on one core. */
record BenchPeers(Console console, Set<Framework> against, int rounds, Path to) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** One network after the other. */
  void run(List<ExampleNetwork> networks) {
    String threads = System.getenv("OMP_NUM_THREADS");
    if (!"1".equals(threads)) {
      throw new UserError(
          "OMP_NUM_THREADS: expected 1, as one core is timed, found %s: leave it unset, the launcher"
                  .formatted(threads == null ? "nothing" : threads)
              + " sets it");
    }
    List<Peer> peers =
        Stream.concat(Stream.of("lockstep"), against.stream().map(Framework::toString))
            .map(BenchPeers::peer)
            .toList();
    networks.forEach(network -> run(network, peers));
    console.result("saved", Map.of("folder", to.toString()), "saved in " + to);
  }

  private static Peer peer(String name) {
    return Peers.named(name)
        .orElseThrow(
            () ->
                new UserError(
                    "--against %s is not built: mvn -P bench-peers -DskipTests package"
                            .formatted(name)
                        + " builds it, and downloads about 120 MB"));
  }

  private void run(ExampleNetwork network, List<Peer> peers) {
    PeerTask task = PeerTask.of(network);
    List<PeerResult> results;
    try {
      results =
          PeerBench.run(
              task,
              peers,
              rounds,
              line ->
                  console.progress(
                      "trial", Map.of("network", network.toString(), "text", line), line));
    } catch (UnsupportedOperationException | IllegalStateException e) {
      throw new UserError("--against: %s: %s".formatted(network, e.getMessage()));
    }
    console.result(
        "peers",
        Map.of("network", network.toString(), "results", results),
        PeerResult.table(task, results).stripTrailing());
    try {
      Files.createDirectories(to);
      JSON.writeValue(to.resolve(network + "-peers.json").toFile(), results);
    } catch (IOException e) {
      throw new UserError("%s: cannot be written: %s".formatted(to, FileSystems.message(e)));
    }
    results.stream()
        .filter(result -> !(result.losses().last() < result.losses().first()))
        .findFirst()
        .ifPresent(
            result -> {
              throw new UserError(
                  "%s, %s: the loss did not fall, from %.4f to %.4f: its time says nothing"
                      .formatted(
                          network, result.name(), result.losses().first(), result.losses().last()));
            });
  }
}
