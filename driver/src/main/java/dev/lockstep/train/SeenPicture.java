package dev.lockstep.train;

import dev.lockstep.data.Examples;
import dev.lockstep.data.augment.Augmenter;
import dev.lockstep.strategy.TrainingJob;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture that is changed while it is trained.
 *
 * @param stored float32 [channels, height, width], as it is
 * @param seen likewise, as the network sees it in the first epochs, before it is normalised
 */
public record SeenPicture(float[] stored, List<float[]> seen) implements Serializable {
  private static final int PICTURES = 6;
  private static final int EPOCHS = 9;

  /** Some pictures of a worker, from all over what it holds. */
  static List<SeenPicture> of(Examples examples, TrainingJob job) {
    Augmenter augmenter = job.augmentation().of(examples.schema(), job.seed());
    List<SeenPicture> pictures = new ArrayList<>();
    int count = Math.min(PICTURES, examples.size());
    for (int i = 0; i < count; i++) {
      int index = (int) ((long) examples.size() * i / count);
      float[] stored = new float[examples.schema().featureLength()];
      examples.copyStored(index, stored);
      List<float[]> seen = new ArrayList<>();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        float[] levels = stored.clone();
        augmenter.apply(epoch, examples.id(index), levels);
        seen.add(levels);
      }
      pictures.add(new SeenPicture(stored, seen));
    }
    return pictures;
  }
}
