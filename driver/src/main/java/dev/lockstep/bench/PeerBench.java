package dev.lockstep.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.lockstep.bench.PeerResult.Piece;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Trains one network with several peers, piece by piece in turn, and times them. */
public final class PeerBench {
  private static final Lengths LENGTHS = new Lengths(3, 1);
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Seconds: of the warm-up, after every minibatch has been trained, and of a piece. */
  record Lengths(double warmUp, double piece) {}

  private final PeerTask task;
  private final Peer peer;
  private final Peer.Training training;
  private final double firstLoss;
  private final double lastLoss;
  private final List<Piece> pieces = new ArrayList<>();
  private int trained;
  private int stepsAPiece;

  /**
   * Times all of them.
   *
   * @param peers the first is the one that others are compared with
   * @param rounds how many pieces of each are timed
   * @param progress receives a line for each piece
   * @return in the order of the peers
   */
  public static List<PeerResult> run(
      PeerTask task, List<Peer> peers, int rounds, Consumer<String> progress) {
    return run(task, peers, rounds, LENGTHS, progress);
  }

  static List<PeerResult> run(
      PeerTask task, List<Peer> peers, int rounds, Lengths lengths, Consumer<String> progress) {
    List<PeerBench> benches = new ArrayList<>();
    try {
      for (Peer peer : peers) {
        progress.accept("%s  warm-up  %s".formatted(task.network(), peer.name()));
        benches.add(new PeerBench(task, peer, lengths));
      }
      for (int round = 1; round <= rounds; round++) {
        for (PeerBench bench : benches) {
          progress.accept(
              "%s  round %d/%d  %s  %,.0f examples/s"
                  .formatted(task.network(), round, rounds, bench.peer.name(), bench.time()));
        }
      }
      return benches.stream().map(bench -> bench.result(benches.get(0))).toList();
    } finally {
      benches.forEach(bench -> bench.training.close());
    }
  }

  /**
   * Each minibatch once and the first again, which shows what was learnt; then until it is warm.
   */
  private PeerBench(PeerTask task, Peer peer, Lengths lengths) {
    this.task = task;
    this.peer = peer;
    training = peer.start(task);
    step();
    firstLoss = training.loss();
    while (trained <= task.minibatches().size()) {
      step();
    }
    lastLoss = training.loss();
    long startedAt = System.nanoTime();
    int before = trained;
    do {
      step();
    } while (System.nanoTime() - startedAt < lengths.warmUp * 1e9);
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    stepsAPiece = (int) Math.max(1, Math.ceil((trained - before) * lengths.piece / seconds));
  }

  private void step() {
    training.step(trained++ % task.minibatches().size());
  }

  /** Trains a piece and tells the examples a second. */
  private double time() {
    long cpu = SYSTEM.getProcessCpuTime();
    long startedAt = System.nanoTime();
    for (int step = 0; step < stepsAPiece; step++) {
      step();
    }
    double nanos = System.nanoTime() - startedAt;
    double rate = stepsAPiece * task.batch() / (nanos / 1e9);
    pieces.add(new Piece(rate, (SYSTEM.getProcessCpuTime() - cpu) / nanos));
    return rate;
  }

  private PeerResult result(PeerBench first) {
    return PeerResult.of(
        peer.description(task), pieces, first.pieces, new PeerResult.Losses(firstLoss, lastLoss));
  }
}
