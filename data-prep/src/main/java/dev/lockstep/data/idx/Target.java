package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation.Task;
import java.io.Serializable;

/** What an item of a label file means. */
sealed interface Target extends Serializable {
  /** Each row of QMNIST's labels is a class, then where the digit comes from. */
  int QMNIST_COLUMNS = 8;

  /**
   * An item as an example's target.
   *
   * @param labels reads the item
   */
  float[] read(IdxFile file, ItemReader labels);

  /** A class number, from {@code first} on; the first of the numbers of an item. */
  record ClassNumber(int first, int classes) implements Target {
    @Override
    public float[] read(IdxFile file, ItemReader labels) {
      double label = labels.nextNumber();
      int number = (int) label - first;
      if (label != Math.rint(label) || number < 0 || number >= classes) {
        throw new DataError(
            "%s: offset %d: expected a label from %d to %d, found %s"
                .formatted(
                    file.name(),
                    labels.itemOffset(),
                    first,
                    first + classes - 1,
                    label == Math.rint(label) ? "%.0f".formatted(label) : label));
      }
      return new float[] {number};
    }
  }

  /** A row of which one value, that of the class, is 1, and all others are 0. */
  record OneHot(int classes) implements Target {
    @Override
    public float[] read(IdxFile file, ItemReader labels) {
      float[] row = labels.nextFloats();
      int number = -1;
      float sum = 0;
      for (int i = 0; i < row.length; i++) {
        number = row[i] == 1 ? i : number;
        sum += Math.abs(row[i]);
      }
      if (number < 0 || sum != 1) {
        throw new DataError(
            "%s: offset %d: expected a row of one 1 and else 0, for a class of %d, found another"
                .formatted(file.name(), labels.itemOffset(), row.length));
      }
      return new float[] {number};
    }
  }

  /** Numbers to be predicted. */
  record Numbers() implements Target {
    @Override
    public float[] read(IdxFile file, ItemReader labels) {
      return labels.nextFloats();
    }
  }

  /** Whether a label file's items are class numbers, or rows that stand for them. */
  static boolean isClasses(IdxFile labels, Task task) {
    boolean single = labels.header().itemShape().isEmpty();
    boolean integer = labels.header().type().isInteger();
    boolean classes = task == Task.DETECT ? integer : task == Task.CLASSIFICATION;
    if (!single && labels.header().itemShape().size() > 1) {
      throw new DataError(
          "%s: offset 3: expected 1 or 2 dimensions, found %d"
              .formatted(labels.name(), labels.header().sizes().size()));
    }
    return classes;
  }

  /** How many values a row has that is one-hot; 0 if items are class numbers. */
  static int oneHotLength(IdxFile labels) {
    IdxHeader header = labels.header();
    boolean qmnist =
        header.type() == ElementType.INT32 && header.featureShape().get(0) == QMNIST_COLUMNS;
    return header.itemShape().isEmpty() || qmnist ? 0 : header.itemShape().get(0);
  }
}
