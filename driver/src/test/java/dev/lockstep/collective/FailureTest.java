package dev.lockstep.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When one member cannot go on, no other waits for ever. */
@Timeout(60)
class FailureTest {
  private static final float[] VECTOR = {1, 2, 3};

  static List<Placement> placements() {
    return List.of(new Placement(0, 0, 0), new Placement(0, 1, 0));
  }

  @ParameterizedTest
  @MethodSource("placements")
  void a_member_that_never_comes_is_given_up_after_the_timeout(Placement placement) {
    CountDownLatch othersGaveUp = new CountDownLatch(2);
    try (Party party = new Party(placement, VECTOR.length, Duration.ofMillis(300))) {
      List<Future<double[][]>> results =
          party.start(
              (rank, collective) -> {
                if (rank == 1) {
                  othersGaveUp.await();
                  return new double[0][];
                }
                try {
                  return combine(collective);
                } finally {
                  othersGaveUp.countDown();
                }
              });

      for (int rank : new int[] {0, 2}) {
        assertThatThrownBy(() -> results.get(rank).get())
            .hasCauseInstanceOf(CollectiveException.class)
            .hasMessageMatching(".*waited \\d{3,} ms for .*worker.* in vain");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("placements")
  void a_member_that_fails_makes_the_others_fail_at_once(Placement placement) {
    try (Party party = new Party(placement, VECTOR.length, Duration.ofSeconds(50))) {
      List<Future<double[][]>> results =
          party.start(
              (rank, collective) -> {
                if (rank == 1) {
                  collective.fail(new IllegalStateException("out of luck"));
                  party.nodes.get(placement.process(1)).close();
                  return new double[0][];
                }
                return combine(collective);
              });

      for (int rank : new int[] {0, 2}) {
        assertThatThrownBy(() -> results.get(rank).get())
            .hasCauseInstanceOf(CollectiveException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("placements")
  void members_who_disagree_about_lengths_all_fail(Placement placement) {
    try (Party party = new Party(placement, 9, Duration.ofSeconds(1))) {
      List<Future<double[][]>> results =
          party.start(
              (rank, collective) -> {
                try {
                  return collective.combine(
                      Reduction.SUM, 1, new double[1], new float[3 + 6 * (rank & 1)]);
                } catch (RuntimeException e) {
                  collective.fail(e);
                  throw e;
                }
              });

      for (Future<double[][]> result : results) {
        assertThatThrownBy(result::get).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("placements")
  void an_interrupted_member_stops_waiting(Placement placement) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    try (Party party = new Party(placement, VECTOR.length, Duration.ofSeconds(50))) {
      List<Future<double[][]>> results =
          party.start(
              (rank, collective) -> {
                if (rank == 1) {
                  done.await();
                } else {
                  Thread.currentThread().interrupt();
                  try {
                    combine(collective);
                  } finally {
                    done.countDown();
                  }
                }
                return new double[0][];
              });

      assertThatThrownBy(() -> results.get(0).get())
          .hasMessageContaining("stopped while waiting for");
      assertThat(done.getCount()).isZero();
    }
  }

  private static double[][] combine(Collective collective) {
    return collective.combine(Reduction.MEAN, 1, new double[2], VECTOR.clone());
  }
}
