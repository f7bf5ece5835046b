package dev.lockstep.train;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.train.EarlyStopping.Seen;
import java.util.Optional;

/** Keeps the best model, and knows when no better one is to be expected. */
public final class BestModel {
  private static final String FILE = "best.zip";

  private final EarlyStopping rule;
  private final NetworkDefinition network;
  private final Optional<CheckpointStore> store;
  private Seen seen = Seen.NOTHING;

  /** Where there is no store. */
  private ModelState best;

  /**
   * @param store where the best model is kept as a file, for a resumed run to find
   */
  public BestModel(EarlyStopping rule, NetworkDefinition network, Optional<CheckpointStore> store) {
    this.rule = rule;
    this.network = network;
    this.store = store;
  }

  /** Continues from a checkpoint. */
  void restore(Seen before) {
    seen = before;
  }

  void observe(Score score, long steps, ModelState state) {
    seen = rule.after(seen, score, steps);
    if (seen.waited() == 0) {
      store.ifPresentOrElse(files -> files.saveBeside(FILE, network, state), () -> best = state);
    }
  }

  Seen seen() {
    return seen;
  }

  boolean stops() {
    return rule.stops(seen);
  }

  /**
   * The best model so far.
   *
   * @throws dev.lockstep.models.ModelError if its file is gone or was altered
   */
  ModelState best() {
    return store.map(files -> files.read(FILE).state()).orElse(best);
  }
}
