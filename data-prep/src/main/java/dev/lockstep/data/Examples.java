package dev.lockstep.data;

import java.io.Serializable;
import java.util.Optional;

/**
 * The labelled examples that one worker holds, numbered from 0: in memory, or on a disk, from which
 * they are read in the order of their numbers at the cost of one pass, and in any other at the cost
 * of a chunk for each. One thread at a time.
 */
public interface Examples extends Serializable {

  /** How a network sees them. */
  NetworkView view();

  /** What every example looks like. */
  default Schema schema() {
    return view().schema();
  }

  /** How many examples. */
  int size();

  /** The id of the example at {@code index}. */
  long id(int index);

  /** The sum of {@link SplitMix64#mix} of all ids: which examples these are. */
  default long idHash() {
    long hash = 0;
    for (int i = 0; i < size(); i++) {
      hash += SplitMix64.mix(id(i));
    }
    return hash;
  }

  /** The hash of what they hold; empty where it would take another pass over a disk. */
  default Optional<ExampleHash> contentHash() {
    return Optional.of(ExampleHash.of(this));
  }

  /** The class of the example at {@code index}, of a classification data set. */
  default int label(int index) {
    return (int) target(index, 0);
  }

  /** The target {@code target} of the example at {@code index}, as it is stored. */
  float target(int index, int target);

  /** How much the example at {@code index} counts; 1 where they have no weights. */
  default float weight(int index) {
    return schema().weighted() ? target(index, schema().targetWidth() - 1) : 1;
  }

  /** What a network's output for the target {@code target} means, in the units it is stored in. */
  default float restored(float output, int target) {
    return view().restored(output, target);
  }

  /** Writes the features of one example as they are stored: float32 [featureLength]. */
  void copyStored(int index, float[] features);

  /** The features of one example as they are stored. */
  default Values stored(int index) {
    float[] features = new float[schema().featureLength()];
    copyStored(index, features);
    return new Values.Floats(features);
  }

  /**
   * Writes one example as a network sees it: with the usual normalisation, where no other was
   * given.
   *
   * @param features receives float32 [row, featureLength]
   * @param labels receives float32 [row, labelLength], classes as they are coded, targets as they
   *     are learnt
   */
  void copy(int index, int row, float[] features, float[] labels);

  /** The same examples, not copied, as a network sees them that was trained with this. */
  Examples normalised(Normalisation normalisation);
}
