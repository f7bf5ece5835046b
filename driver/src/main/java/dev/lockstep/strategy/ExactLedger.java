package dev.lockstep.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Proves that each example was trained exactly once an epoch: what workers report is compared with
 * the data's own count and hash of ids.
 */
final class ExactLedger implements Ledger {
  private final Schedule schedule;
  private final List<Tally> own;
  private final Map<Key, Tally> open = new TreeMap<>();
  private final int[] closed;

  private record Key(int worker, int epoch) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Comparator.comparingInt(Key::worker).thenComparingInt(Key::epoch).compare(this, other);
    }
  }

  /**
   * @param own the tally of each worker's examples, by worker number
   */
  ExactLedger(Schedule schedule, List<Tally> own) {
    this.schedule = schedule;
    this.own = List.copyOf(own);
    closed = new int[own.size()];
  }

  @Override
  public void restore(long slot, List<Entry> entries) {
    open.clear();
    for (int worker = 0; worker < closed.length; worker++) {
      closed[worker] = schedule.epochs(slot, worker);
    }
    entries.forEach(
        entry -> open.put(new Key(entry.worker(), entry.tally().epoch()), entry.tally()));
  }

  @Override
  public void record(long slot, List<WorkerResult> results) {
    for (WorkerResult result : results) {
      for (Tally tally : result.tallies()) {
        open.merge(new Key(result.worker(), tally.epoch()), tally, Tally::plus);
      }
    }
    for (int worker = 0; worker < closed.length; worker++) {
      while (closed[worker] < schedule.epochs(slot, worker)) {
        close(worker, closed[worker]++);
      }
    }
  }

  private void close(int worker, int epoch) {
    Tally trained = open.remove(new Key(worker, epoch));
    Tally expected = own.get(worker);
    if (trained == null
        || trained.examples() != expected.examples()
        || trained.hash() != expected.hash()) {
      throw new LedgerException(
          "epoch %d, worker %d: expected each of %d examples once (hash %016x), found %d (hash %016x)"
              .formatted(
                  epoch + 1,
                  worker,
                  expected.examples(),
                  expected.hash(),
                  trained == null ? 0 : trained.examples(),
                  trained == null ? 0 : trained.hash()));
    }
  }

  @Override
  public List<Entry> open() {
    List<Entry> entries = new ArrayList<>();
    open.forEach((key, tally) -> entries.add(new Entry(key.worker(), tally)));
    return entries;
  }
}
