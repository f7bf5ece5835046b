package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LapLengthTest {

  @Test
  void a_small_network_is_heard_of_each_second() {
    LapLength length = new LapLength(7_850);
    assertThat(length.next()).isEqualTo(LapLength.SHORTEST);
    length.took(0.01);
    assertThat(length.next()).isEqualTo(LapLength.SHORTEST);
  }

  @Test
  void twenty_million_parameters_with_moments_train_for_long_from_the_first_lap_on() {
    assertThat(new LapLength(60_000_000).next())
        .isBetween(Duration.ofSeconds(50), LapLength.LONGEST);
  }

  @Test
  void a_lap_is_thirty_times_as_long_as_it_was_measured_to_launch_one() {
    LapLength length = new LapLength(60_000_000);
    length.took(0.4);
    length.took(0.5);
    assertThat(length.next()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void one_launch_that_took_unusually_long_makes_no_lap_longer() {
    LapLength length = new LapLength(7_850);
    length.took(5);
    assertThat(length.next()).isEqualTo(LapLength.SHORTEST);
    length.took(0.02);
    assertThat(length.next()).isEqualTo(LapLength.SHORTEST);
  }

  @Test
  void who_has_waited_for_slots_does_not_keep_them_from_others_for_long() {
    LapLength length = new LapLength(7_850);
    length.took(40);
    length.took(40);
    assertThat(length.next()).isBetween(LapLength.SHORTEST, Duration.ofSeconds(4));
  }

  @Test
  void no_lap_is_longer_than_a_minute() {
    LapLength length = new LapLength(1_000_000_000);
    length.took(20);
    length.took(30);
    assertThat(length.next()).isEqualTo(LapLength.LONGEST);
  }
}
