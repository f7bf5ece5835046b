package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SupervisionTest {

  @Test
  void what_is_tried_again_is_tried_for_a_quarter_of_the_time_but_not_less_than_a_report() {
    Supervision first =
        new Supervision(Duration.ofSeconds(1), Duration.ofSeconds(60), told -> {}, () -> false);

    assertThat(first.shorter().atMost()).isEqualTo(Duration.ofSeconds(15));
    assertThat(first.shorter().shorter().shorter().atMost()).isEqualTo(Duration.ofSeconds(1));
  }
}
