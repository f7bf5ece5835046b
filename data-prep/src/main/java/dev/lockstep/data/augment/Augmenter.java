package dev.lockstep.data.augment;

import dev.lockstep.data.PictureShape;
import java.util.List;

/** Changes one example after the other; of one thread. */
public final class Augmenter {
  private final List<Change> changes;
  private final long seed;
  private final Canvas canvas;

  Augmenter(Augmentation augmentation, PictureShape shape, long seed) {
    changes = augmentation.changes();
    this.seed = seed;
    canvas = new Canvas(shape);
  }

  /**
   * Changes an example as it is in one epoch.
   *
   * @param epoch from 0
   * @param id of the example
   * @param levels float32 [channels, height, width], as stored; receives what the network sees
   *     before it is normalised
   */
  public void apply(long epoch, long id, float[] levels) {
    System.arraycopy(levels, 0, canvas.levels(), 0, levels.length);
    for (int change = 0; change < changes.size(); change++) {
      changes.get(change).apply(canvas, Draws.of(seed, epoch, id, change));
    }
    System.arraycopy(canvas.levels(), 0, levels, 0, levels.length);
  }
}
