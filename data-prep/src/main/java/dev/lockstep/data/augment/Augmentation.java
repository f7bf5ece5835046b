package dev.lockstep.data.augment;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How pictures are changed while they are trained, one change after the other; what is validated,
 * tested or predicted is not changed. By how much depends on the seed, the epoch and the example's
 * id alone, so it is the same with any number of workers, and after a retry. Changes are:
 *
 * <ul>
 *   <li>{@code flip}: left and right exchanged, of every second picture
 *   <li>{@code shift:4}: moved by up to 4 pixels across and down; what comes in is black
 *   <li>{@code crop:4}: a window of the same size cut out of the picture with 4 mirrored pixels
 *       around it
 *   <li>{@code rotate:15}: turned by up to 15 degrees either way
 *   <li>{@code erase:8}: a square of 8 pixels covered with the mean (Cutout; DeVries and Taylor
 *       2017)
 *   <li>{@code brightness:0.2}: levels times 0.8 to 1.2
 *   <li>{@code contrast:0.2}: the distance of levels from their mean, likewise
 * </ul>
 */
public final class Augmentation implements Serializable {
  /** Pictures as they are. */
  public static final Augmentation NONE = new Augmentation(List.of());

  private static final long serialVersionUID = 1;

  private final List<Change> changes;

  private Augmentation(List<Change> changes) {
    this.changes = List.copyOf(changes);
  }

  /**
   * Changes in their order, such as {@code flip,crop:4}.
   *
   * @throws DataError if one is unknown, or its number out of range
   */
  public static Augmentation of(String changes) {
    return new Augmentation(
        Stream.of(changes.split(",", -1)).map(ChangeText::change).collect(Collectors.toList()));
  }

  /** Whether there are no changes. */
  public boolean isNone() {
    return changes.isEmpty();
  }

  List<Change> changes() {
    return changes;
  }

  /**
   * What does it to examples.
   *
   * @param seed of the run
   * @throws DataError if examples are no pictures
   */
  public Augmenter of(Schema schema, long seed) {
    return new Augmenter(
        this,
        schema
            .picture()
            .orElseThrow(
                () ->
                    new DataError(
                        "only pictures [height, width] or [3, height, width] can be augmented, not"
                            + " examples of "
                            + schema.featureShape())),
        seed);
  }

  /** As users write it. */
  @Override
  public String toString() {
    return changes.stream().map(Change::toString).collect(Collectors.joining(","));
  }
}
