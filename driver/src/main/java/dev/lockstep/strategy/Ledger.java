package dev.lockstep.strategy;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/** Accounts for each example that is trained. */
public sealed interface Ledger permits ExactLedger, CountingLedger {

  /**
   * Proves that each example was trained exactly once an epoch.
   *
   * @param own the tally of each worker's examples, by worker number
   */
  static Ledger exact(Schedule schedule, List<Tally> own) {
    return new ExactLedger(schedule, own);
  }

  /**
   * Tells how many examples were lost: of trainers that lose some.
   *
   * @param notice told in one line of the first that are, and at the end of all
   */
  static Ledger counting(Schedule schedule, Consumer<String> notice) {
    return new CountingLedger(schedule, notice);
  }

  /** A part of an epoch that has been trained, as a checkpoint keeps it. */
  record Entry(int worker, Tally tally) implements Serializable {}

  /** Continues from a checkpoint taken before the given slot. */
  void restore(long slot, List<Entry> entries);

  /**
   * Enters what the workers trained up to a slot, and closes the epochs that end there.
   *
   * @throws LedgerException if the ledger is exact, and an example of a closed epoch was left out
   *     or trained twice
   */
  void record(long slot, List<WorkerResult> results);

  /** What is trained of epochs that have not ended. */
  List<Entry> open();
}
