package dev.lockstep.bench.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.bench.Peer;
import dev.lockstep.bench.PeerTask;
import dev.lockstep.bench.Peers;
import dev.lockstep.models.network.ExampleNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PyTorchPeerTest {
  private static final int STEPS = 4;

  /**
   * Other layers would have another loss at once, other updates at the second step. After that
   * Adam's division by small moments makes much of rounding.
   */
  @ParameterizedTest
  @EnumSource
  void pytorch_trains_the_very_network_that_dl4j_trains(ExampleNetwork network) {
    PeerTask task = PeerTask.of(network);
    try (Peer.Training pytorch = start("pytorch", task);
        Peer.Training dl4j = start("dl4j", task)) {
      for (int step = 0; step < STEPS; step++) {
        pytorch.step(step);
        dl4j.step(step);
        assertThat(pytorch.loss())
            .as("%s, step %d", network, step)
            .isCloseTo(dl4j.loss(), within((step < 2 ? 1e-3 : 0.2) * dl4j.loss()));
      }
    }
  }

  private static Peer.Training start(String name, PeerTask task) {
    return Peers.named(name).orElseThrow().start(task);
  }
}
