package dev.lockstep.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotWatchTest {
  private int slots = 2;
  private long seconds = 1_000;
  private final SlotWatch watch =
      new SlotWatch(
          () -> slots,
          () -> seconds * 1_000_000_000,
          2,
          Duration.ofSeconds(10),
          () -> new ClusterException("lost"));

  @Test
  void slots_that_come_back_in_time_are_waited_for() {
    for (int lost = 0; lost < 3; lost++) {
      slots = 1;
      seconds += 9;
      watch.run();
      slots = 2;
      seconds += 9;
      watch.run();
    }
  }

  @Test
  void slots_that_stay_away_are_given_up() {
    slots = 1;
    seconds += 10;
    watch.run();
    seconds += 1;

    assertThatThrownBy(watch::run).isInstanceOf(ClusterException.class).hasMessage("lost");
  }
}
