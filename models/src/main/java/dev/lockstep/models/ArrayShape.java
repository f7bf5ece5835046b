package dev.lockstep.models;

import java.io.Serializable;
import java.util.List;

/**
 * The shape of one example's array.
 *
 * @param dimensions without that of the minibatch, such as [1, 28, 28]; along the variable axis the
 *     longest there is
 * @param variableAxis the axis, of time, along which examples may be shorter, or {@link #FIXED}
 */
public record ArrayShape(List<Integer> dimensions, int variableAxis) implements Serializable {
  /** The variable axis of a shape that has none. */
  public static final int FIXED = -1;

  public ArrayShape {
    dimensions = List.copyOf(dimensions);
  }

  /** The same for all examples. */
  public static ArrayShape fixed(List<Integer> dimensions) {
    return new ArrayShape(dimensions, FIXED);
  }

  /** Whether examples may be shorter. */
  public boolean varies() {
    return variableAxis != FIXED;
  }

  /** How many values. */
  public int length() {
    return product(0, dimensions.size());
  }

  /** How many steps the variable axis has, or 1. */
  public int steps() {
    return varies() ? dimensions.get(variableAxis) : 1;
  }

  /** With another number of steps. */
  public ArrayShape withSteps(int steps) {
    if (!varies()) {
      return this;
    }
    Integer[] changed = dimensions.toArray(Integer[]::new);
    changed[variableAxis] = steps;
    return new ArrayShape(List.of(changed), variableAxis);
  }

  /** Copies the first steps of one example's array, row-major, to where there are this many. */
  public void copy(int steps, float[] from, int fromOffset, float[] to, int toOffset, int toSteps) {
    if (!varies()) {
      System.arraycopy(from, fromOffset, to, toOffset, length());
      return;
    }
    int outer = product(0, variableAxis);
    int inner = product(variableAxis + 1, dimensions.size());
    for (int i = 0; i < outer; i++) {
      System.arraycopy(
          from,
          fromOffset + i * steps() * inner,
          to,
          toOffset + i * toSteps * inner,
          steps * inner);
    }
  }

  private int product(int from, int to) {
    return dimensions.subList(from, to).stream().reduce(1, Math::multiplyExact);
  }
}
