package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.strategy.TrainingLength.Epochs;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Schedule schedule =
      new Schedule(new int[] {2, 1}, 1, EpochEnd.REMAINDER, new Epochs(2));
  private final Ledger ledger = Ledger.exact(schedule, List.of(tally(0, 10, 11), tally(0, 12)));

  @Test
  void an_epoch_in_any_order_and_in_parts_is_accepted() {
    assertThatCode(
            () -> {
              ledger.record(1, List.of(trained(0, tally(0, 11)), trained(1, tally(0, 12))));
              ledger.record(2, List.of(trained(0, tally(0, 10)), trained(1)));
            })
        .doesNotThrowAnyException();
    assertThat(ledger.open()).isEmpty();
  }

  @Test
  void a_lost_example_is_an_error() {
    assertThatThrownBy(
            () -> ledger.record(2, List.of(trained(0, tally(0, 10)), trained(1, tally(0, 12)))))
        .isInstanceOf(LedgerException.class)
        .hasMessageStartingWith("epoch 1, worker 0: expected each of 2 examples once (hash ")
        .hasMessageContaining("found 1 (hash ");
  }

  @Test
  void an_example_trained_twice_in_place_of_another_is_an_error() {
    assertThatThrownBy(
            () -> ledger.record(2, List.of(trained(0, tally(0, 10, 10)), trained(1, tally(0, 12)))))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("found 2 (hash ");
  }

  @Test
  void a_worker_that_reports_nothing_is_an_error() {
    assertThatThrownBy(() -> ledger.record(2, List.of(trained(0, tally(0, 10, 11)), trained(1))))
        .isInstanceOf(LedgerException.class)
        .hasMessageStartingWith("epoch 1, worker 1: expected each of 1 examples once");
  }

  @Test
  void a_restored_ledger_knows_the_begun_epoch() {
    ledger.record(1, List.of(trained(0, tally(0, 11)), trained(1, tally(0, 12))));
    Ledger restored = Ledger.exact(schedule, List.of(tally(0, 10, 11), tally(0, 12)));

    restored.restore(1, ledger.open());

    assertThatCode(() -> restored.record(2, List.of(trained(0, tally(0, 10)), trained(1))))
        .doesNotThrowAnyException();
  }

  private static Tally tally(int epoch, long... ids) {
    Tally tally = Tally.none(epoch);
    for (long id : ids) {
      tally = tally.plus(id);
    }
    return tally;
  }

  private static WorkerResult trained(int worker, Tally... tallies) {
    return new WorkerResult(worker, 1, 1, 0, -1, List.of(tallies), WorkerTime.NONE);
  }
}
