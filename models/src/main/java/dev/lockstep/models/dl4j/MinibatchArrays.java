package dev.lockstep.models.dl4j;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.Minibatch;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * The rows of a minibatch as DL4J's arrays. What varies in length is as long as the longest of the
 * minibatch, as DL4J's own {@code DataSet.merge} would have it.
 */
record MinibatchArrays(ExampleLayout layout) {

  MultiDataSet of(Minibatch minibatch) {
    Side features = new Side(minibatch.features(), layout.featureLength(), minibatch.size());
    Side labels = new Side(minibatch.labels(), layout.labelLength(), minibatch.size());
    return new MultiDataSet(
        features.values(layout.features()),
        labels.values(layout.labels()),
        features.masks(layout.features()),
        labels.masks(layout.labels()));
  }

  /** The same with its first example again and again after the others: {@code rows} in all. */
  Minibatch repeated(Minibatch minibatch, int rows) {
    return minibatch.size() == rows
        ? minibatch
        : new Minibatch(
            repeated(minibatch.features(), layout.featureLength(), minibatch.size(), rows),
            repeated(minibatch.labels(), layout.labelLength(), minibatch.size(), rows),
            rows);
  }

  private static float[] repeated(float[] values, int length, int size, int rows) {
    float[] all = Arrays.copyOf(values, Math.multiplyExact(rows, length));
    for (int row = size; row < rows; row++) {
      System.arraycopy(values, 0, all, row * length, length);
    }
    return all;
  }

  /** One example of zeros, as long as any. */
  MultiDataSet blank() {
    return of(zeros(layout, 1));
  }

  /** Examples of zeros, as long as any. */
  static Minibatch zeros(ExampleLayout layout, int size) {
    return new Minibatch(zeros(layout.features(), size), zeros(layout.labels(), size), size);
  }

  private static float[] zeros(List<Part> parts, int size) {
    int length = parts.stream().mapToInt(Part::length).sum();
    float[] rows = new float[Math.multiplyExact(size, length)];
    int offset = 0;
    for (Part part : parts) {
      for (int row = 0; part.values().varies() && row < size; row++) {
        rows[row * length + offset + part.stepsOffset()] = part.values().steps();
      }
      offset += part.length();
    }
    return rows;
  }

  /** The features, or the labels. */
  private record Side(float[] rows, int rowLength, int size) {

    INDArray[] values(List<Part> parts) {
      return arrays(parts, this::values).toArray(INDArray[]::new);
    }

    /** Null if there is none: so DL4J wants it. */
    INDArray[] masks(List<Part> parts) {
      INDArray[] masks = arrays(parts, this::mask).toArray(INDArray[]::new);
      return Arrays.stream(masks).allMatch(Objects::isNull) ? null : masks;
    }

    private interface Maker {
      INDArray make(Part part, int offset);
    }

    private static Stream<INDArray> arrays(List<Part> parts, Maker maker) {
      Stream.Builder<INDArray> arrays = Stream.builder();
      int offset = 0;
      for (Part part : parts) {
        arrays.add(maker.make(part, offset));
        offset += part.length();
      }
      return arrays.build();
    }

    private INDArray values(Part part, int offset) {
      if (part.length() == rowLength && part.values().length() == rowLength) {
        return Floats.array(rows, shape(part.values()));
      }
      return gather(part.values(), offset, longest(part, offset));
    }

    private INDArray mask(Part part, int offset) {
      int longest = longest(part, offset);
      if (part.mask() != null) {
        return gather(part.mask(), offset + part.maskOffset(), longest);
      }
      return shortest(part, offset) == longest ? null : present(part, offset, longest);
    }

    private INDArray gather(ArrayShape shape, int offset, int longest) {
      ArrayShape target = shape.withSteps(longest);
      int length = target.length();
      float[] gathered = new float[Math.multiplyExact(size, length)];
      for (int row = 0; row < size; row++) {
        shape.copy(longest, rows, row * rowLength + offset, gathered, row * length, longest);
      }
      return Floats.array(gathered, shape(target));
    }

    /** A mask of the steps that each example has. */
    private INDArray present(Part part, int offset, int longest) {
      float[] mask = new float[Math.multiplyExact(size, longest)];
      for (int row = 0; row < size; row++) {
        Arrays.fill(mask, row * longest, row * longest + steps(part, offset, row), 1);
      }
      return Floats.array(mask, size, longest);
    }

    private int longest(Part part, int offset) {
      int longest = 1;
      for (int row = 0; row < size; row++) {
        longest = Math.max(longest, steps(part, offset, row));
      }
      return longest;
    }

    private int shortest(Part part, int offset) {
      int shortest = Integer.MAX_VALUE;
      for (int row = 0; row < size; row++) {
        shortest = Math.min(shortest, steps(part, offset, row));
      }
      return shortest;
    }

    private int steps(Part part, int offset, int row) {
      return part.values().varies()
          ? (int) rows[row * rowLength + offset + part.stepsOffset()]
          : part.values().steps();
    }

    private long[] shape(ArrayShape example) {
      long[] shape = new long[example.dimensions().size() + 1];
      shape[0] = size;
      for (int i = 1; i < shape.length; i++) {
        shape[i] = example.dimensions().get(i - 1);
      }
      return shape;
    }
  }
}
