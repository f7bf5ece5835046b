package dev.lockstep.strategy;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts examples, where a trainer does not tell which they were. */
final class CountingLedger implements Ledger {
  private final Schedule schedule;
  private final Consumer<String> notice;
  private long trained;
  private boolean told;

  CountingLedger(Schedule schedule, Consumer<String> notice) {
    this.schedule = schedule;
    this.notice = notice;
  }

  @Override
  public void restore(long slot, List<Entry> entries) {
    trained = entries.stream().mapToLong(entry -> entry.tally().examples()).sum();
  }

  @Override
  public void record(long slot, List<WorkerResult> results) {
    trained += results.stream().mapToLong(WorkerResult::examples).sum();
    long planned = schedule.examples(slot) - schedule.examples(0);
    boolean end = slot == schedule.slots();
    if (trained != planned && (end || !told)) {
      told = true;
      notice.accept(
          String.format(
              Locale.ROOT,
              "trained only %,d of %,d examples%s: such is this trainer",
              trained,
              planned,
              end ? "" : " so far"));
    }
  }

  /** The number of all that were trained, as of one epoch. */
  @Override
  public List<Entry> open() {
    return List.of(new Entry(0, new Tally(0, trained, 0)));
  }
}
