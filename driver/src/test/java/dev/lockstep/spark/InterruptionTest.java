package dev.lockstep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.Function0;

class InterruptionTest {
  private final AtomicInteger notices = new AtomicInteger();
  private final PrintStream err = System.err;

  @AfterEach
  void err_is_as_before() {
    System.setErr(err);
  }

  @Test
  void the_first_signal_is_kept_from_the_jvm_and_the_second_is_not() {
    try (Interruption interruption = Interruption.listen(notices::incrementAndGet)) {
      Function0<Object> signal = interruption.handler();
      assertThat(interruption.getAsBoolean()).isFalse();

      assertThat(signal.apply()).isEqualTo(true);
      assertThat(interruption.getAsBoolean()).isTrue();
      assertThat(signal.apply()).isEqualTo(false);
      assertThat(notices).hasValue(1);
      assertThat(System.err)
          .as("what fails while the process ends is not printed")
          .isNotSameAs(err);
    }
  }

  @Test
  void after_the_run_a_signal_is_the_jvms() {
    Interruption interruption = Interruption.listen(notices::incrementAndGet);
    interruption.close();

    assertThat(interruption.handler().apply()).isEqualTo(false);
    assertThat(notices).hasValue(0);
  }
}
