package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  private static final int TRAINING = 55_000;

  @Test
  void seed_1_on_one_worker_is_the_order_of_the_tensorflow_trajectories() {
    EpochOrder order = new EpochOrder(Ordering.SHUFFLED, 1, 0, TRAINING);

    // The first of epochs 0, 1 and 2 in golden/mnist/order_check.csv.
    assertThat(at(order, 0, 8)).containsExactly(672, 32198, 168, 25086, 33949, 22659, 11380, 4713);
    assertThat(at(order, TRAINING, 4)).containsExactly(52327, 23630, 184, 13228);
    assertThat(at(order, 2 * TRAINING, 4)).containsExactly(21997, 16353, 38482, 46773);
  }

  @Test
  void every_epoch_of_every_worker_is_another_permutation() {
    EpochOrder first = new EpochOrder(Ordering.SHUFFLED, 7, 0, 100);
    EpochOrder second = new EpochOrder(Ordering.SHUFFLED, 7, 1, 100);

    int[] epoch0 = at(first, 0, 100);
    int[] epoch1 = at(first, 100, 100);
    int[] other = at(second, 0, 100);

    assertThat(epoch0).containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
    assertThat(epoch1).containsExactlyInAnyOrder(epoch0).isNotEqualTo(epoch0);
    assertThat(other).containsExactlyInAnyOrder(epoch0).isNotEqualTo(epoch0);
  }

  @Test
  void an_epoch_can_be_had_without_those_before_it() {
    EpochOrder inTurn = new EpochOrder(Ordering.SHUFFLED, 7, 0, 100);
    at(inTurn, 0, 500);
    EpochOrder direct = new EpochOrder(Ordering.SHUFFLED, 7, 0, 100);

    assertThat(at(direct, 500, 100)).isEqualTo(at(inTurn, 500, 100));
  }

  @Test
  void as_stored_is_the_same_in_every_epoch() {
    EpochOrder order = new EpochOrder(Ordering.AS_STORED, 7, 3, 4);

    assertThat(at(order, 0, 8)).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
  }

  private static int[] at(EpochOrder order, long from, int count) {
    return IntStream.range(0, count).map(i -> order.at(from + i)).toArray();
  }
}
