package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AheadTest {
  @Test
  void gives_what_came_of_it_and_throws_what_was_thrown() {
    UserError error = new UserError("no model");

    assertThat(Ahead.of(() -> Thread.currentThread().getName()).get()).isEqualTo("ahead");
    assertThatThrownBy(
            () ->
                Ahead.of(
                        () -> {
                          throw error;
                        })
                    .get())
        .isSameAs(error);
    assertThatThrownBy(
            () ->
                Ahead.of(
                        () -> {
                          throw new NoClassDefFoundError("gone");
                        })
                    .get())
        .isExactlyInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void is_done_one_after_another_and_waited_for_when_closed() {
    CountDownLatch begun = new CountDownLatch(1);
    List<String> done = new ArrayList<>();
    Ahead<Boolean> first =
        Ahead.of(
            () -> {
              await(begun);
              return done.add("first");
            });
    Ahead<Boolean> second = Ahead.of(() -> done.add("second"));
    assertThat(done).isEmpty();
    begun.countDown();
    assertThat(second.get()).isTrue();
    assertThat(first.get()).isTrue();

    assertThat(done).containsExactly("first", "second");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
