package dev.lockstep.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.strategy.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that is needed to continue a run as if it had never stopped.
 *
 * @param slot where in the schedule the run stands: with the seed, the data position
 * @param steps minibatches trained, over all workers
 * @param epoch whole epochs trained
 * @param config the run's resolved configuration, which a resumed run must equal
 * @param ledger the parts of epochs that have been trained
 * @param lastLoss the last loss reported
 * @param seen what early stopping has seen
 */
public record Checkpoint(
    long slot,
    long steps,
    int epoch,
    Map<String, Object> config,
    List<Ledger.Entry> ledger,
    double lastLoss,
    EarlyStopping.Seen seen) {
  private static final String ENTRY = "checkpoint.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A checkpoint and the model in it. */
  public record Restored(Checkpoint checkpoint, ModelState state) {}

  String save(CheckpointStore store, NetworkDefinition network, ModelState state) {
    try {
      return store.save(steps, network, state, Map.of(ENTRY, JSON.writeValueAsBytes(this)));
    } catch (IOException e) {
      throw new IllegalStateException("a checkpoint is always valid JSON", e);
    }
  }

  /** The newest whole checkpoint; one warning for each damaged one passed over. */
  public static Optional<Restored> latest(CheckpointStore store, Consumer<String> warning) {
    return store.latest(warning).map(Checkpoint::restore);
  }

  private static Restored restore(ModelFile file) {
    byte[] json = file.extra(ENTRY);
    if (json == null) {
      throw new ModelError("expected a checkpoint, found a model without " + ENTRY);
    }
    try {
      return new Restored(JSON.readValue(json, Checkpoint.class), file.state());
    } catch (IOException e) {
      throw new ModelError(ENTRY + ": " + e.getMessage(), e);
    }
  }
}
