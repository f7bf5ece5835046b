package dev.lockstep.run;

import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.spark.ApplicationAttempt;
import dev.lockstep.train.RunListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A run of an application that the cluster attempts again when its driver was lost. As soon as it
 * trains, it leaves the application's name beside its checkpoints, so that the next attempt knows
 * them for its own and goes on from them; those of another run it removes, as any run does.
 *
 * @param folder of the checkpoints
 */
public record RunAttempt(Optional<ApplicationAttempt> attempt, CheckpointFolder folder)
    implements RunListener {
  private static final String NAME = "application";

  /**
   * Whether an earlier attempt has left checkpoints to go on from.
   *
   * @throws RunError if that cannot be found out
   */
  public boolean hasBegun() {
    try {
      return attempt.isPresent()
          && attempt.get().number() > 1
          && folder.names().contains(NAME)
          && text(folder.read(NAME)).equals(attempt.get().application())
          && !new CheckpointStore(folder, 1, Map.of()).names().isEmpty();
    } catch (IOException e) {
      throw new RunError("%s: cannot be read: %s".formatted(folder.location(NAME), e.getMessage()));
    }
  }

  /** Once training begins, no checkpoint of another run is there. */
  @Override
  public void started(long steps, long totalSteps) {
    if (attempt.isPresent()) {
      try {
        folder.write(NAME, attempt.get().application().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new RunError(
            "%s: cannot be written: %s".formatted(folder.location(NAME), e.getMessage()));
      }
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
