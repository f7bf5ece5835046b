package dev.lockstep.train;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.train.StoppingRule.Seen;
import java.nio.file.Path;
import java.util.Map;

/** Keeps the best model, and says when no better one is to be expected. */
public final class EarlyStopping {
  private final StoppingRule rule;
  private final NetworkDefinition network;
  private final Path file;
  private Seen seen = Seen.NOTHING;

  /**
   * @param file for the best model
   */
  public EarlyStopping(StoppingRule rule, NetworkDefinition network, Path file) {
    this.rule = rule;
    this.network = network;
    this.file = file;
  }

  /** Continues from a checkpoint. */
  void restore(Seen before) {
    seen = before;
  }

  void observe(Score score, long steps, ModelState state) {
    seen = rule.after(seen, score, steps);
    if (seen.waited() == 0) {
      ModelFile.write(file, network, state, Map.of());
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
    return ModelFile.read(file).state();
  }
}
