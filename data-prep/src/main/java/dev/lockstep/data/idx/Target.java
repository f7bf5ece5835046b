package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation.Task;
import java.io.Serializable;

/** What an item of a label file means. */
sealed interface Target extends Serializable {

  /**
   * An item as an example's target.
   *
   * @param labels reads the item
   */
  float[] read(IdxFile file, ItemReader labels);

  /** A class number, less than {@code classes}. */
  record ClassNumber(int classes) implements Target {
    @Override
    public float[] read(IdxFile file, ItemReader labels) {
      int label = labels.nextInteger();
      if (label < 0 || label >= classes) {
        throw new DataError(
            "%s: offset %d: expected a label from 0 to %d, found %d"
                .formatted(file.name(), labels.itemOffset(), classes - 1, label));
      }
      return new float[] {label};
    }
  }

  /** Numbers to be predicted. */
  record Numbers() implements Target {
    @Override
    public float[] read(IdxFile file, ItemReader labels) {
      return labels.nextFloats();
    }
  }

  /** Whether a label file's items are class numbers. */
  static boolean isClasses(IdxFile labels, Task task) {
    boolean single = labels.header().itemShape().isEmpty();
    boolean integer = labels.header().type().isInteger();
    boolean classes = task == Task.DETECT ? integer : task == Task.CLASSIFICATION;
    if (classes && !integer) {
      throw new DataError(
          "%s: offset 2: expected labels of an integer type, found %s"
              .formatted(labels.name(), labels.header().type()));
    }
    if (!single && (classes || labels.header().itemShape().size() > 1)) {
      throw new DataError(
          "%s: offset 3: expected %s, found %d"
              .formatted(
                  labels.name(),
                  classes ? "1 dimension" : "1 or 2 dimensions",
                  labels.header().sizes().size()));
    }
    return classes;
  }
}
