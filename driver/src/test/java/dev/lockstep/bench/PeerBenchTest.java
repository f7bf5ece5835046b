package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.bench.PeerResult.Losses;
import dev.lockstep.bench.PeerResult.Piece;
import dev.lockstep.models.network.ExampleNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerBenchTest {
  private static final int MINIBATCHES = MadeMinibatches.COUNT;

  private final List<String> turns = new ArrayList<>();
  private final List<Integer> trained = new ArrayList<>();

  @Test
  void peers_take_turns_and_train_the_same_minibatches_in_order() {
    List<PeerResult> results =
        PeerBench.run(
            PeerTask.of(ExampleNetwork.SOFTMAX),
            List.of(new Counting("ours"), new Counting("theirs")),
            2,
            new PeerBench.Lengths(0, 0),
            turns::add);

    assertThat(turns)
        .extracting(line -> line.replaceAll("  [\\d,]+ examples/s", ""))
        .containsExactly(
            "softmax  warm-up  ours",
            "softmax  warm-up  theirs",
            "softmax  round 1/2  ours",
            "softmax  round 1/2  theirs",
            "softmax  round 2/2  ours",
            "softmax  round 2/2  theirs");
    assertThat(trained.subList(0, MINIBATCHES + 1))
        .startsWith(0, 1, 2)
        .endsWith(MINIBATCHES - 1, 0);
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.losses())
                    .as("of the first step, and of the same minibatch after all")
                    .isEqualTo(new Losses(-1, -(MINIBATCHES + 1))));
  }

  @Test
  void ratios_are_of_pieces_side_by_side() {
    List<Piece> ours = List.of(new Piece(10, 1), new Piece(30, 1), new Piece(40, 1));
    List<Piece> theirs = List.of(new Piece(5, 1), new Piece(10, 1), new Piece(40, 1));

    PeerResult result = PeerResult.of("theirs", theirs, ours, new Losses(2, 1));

    assertThat(result.ratio()).isEqualTo(new PeerResult.Spread(2, 1, 3));
    assertThat(result.examplesASecond()).isEqualTo(new PeerResult.Spread(10, 5, 40));
  }

  @ParameterizedTest
  @EnumSource(names = {"MLP", "LENET", "LSTM"})
  void lockstep_and_dl4j_learn_alike_from_the_same_start(ExampleNetwork network) {
    PeerTask task = PeerTask.of(network);
    try (Peer.Training lockstep = new LockstepPeer().start(task);
        Peer.Training dl4j = new Dl4jPeer().start(task)) {
      for (int step = 0; step < 3; step++) {
        lockstep.step(step);
        dl4j.step(step);
        assertThat(lockstep.loss())
            .as("%s, step %d", network, step)
            .isCloseTo(dl4j.loss(), within(1e-3 * dl4j.loss()));
      }
    }
  }

  private final class Counting implements Peer {
    private final String name;

    Counting(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String description(PeerTask task) {
      return name;
    }

    @Override
    public Training start(PeerTask task) {
      return new Training() {
        private int steps;

        @Override
        public void step(int minibatch) {
          steps++;
          trained.add(minibatch);
        }

        @Override
        public double loss() {
          return -steps;
        }

        @Override
        public void close() {}
      };
    }
  }
}
