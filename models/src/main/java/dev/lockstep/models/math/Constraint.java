package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.constraint.BaseConstraint;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.MinMaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;

/**
 * What an array of parameters has to be after each update. Norms are over some dimensions, for each
 * place in the others.
 *
 * @param least of a norm
 * @param most of a norm
 * @param rate how far towards the bound a norm is moved, in (0, 1]
 * @param epsilon added to a norm before it divides
 * @param sizes of the dimensions, those first that vary slowest in the flat vector
 * @param reduced by dimension, whether norms are over it
 */
record Constraint(
    Kind kind,
    double least,
    double most,
    double rate,
    double epsilon,
    List<Integer> sizes,
    List<Boolean> reduced)
    implements Serializable {

  enum Kind {
    NON_NEGATIVE,
    NORM
  }

  /** DL4J's constraint as it applies to one parameter; empty if it does not. */
  static Optional<Constraint> of(
      LayerConstraint constraint, String name, TrainedParameter.Order order, int... shape)
      throws UnsupportedNetwork {
    if (!(constraint instanceof BaseConstraint base)) {
      throw new UnsupportedNetwork("constraint " + constraint);
    }
    if (!base.getParams().contains(name)) {
      return Optional.empty();
    }
    int rank = shape.length;
    int[] slowestFirst =
        IntStream.range(0, rank)
            .map(i -> order == TrainedParameter.Order.C ? i : rank - 1 - i)
            .toArray();
    int[] over = base.getDimensions() == null ? new int[0] : base.getDimensions();
    List<Integer> sizes = Arrays.stream(slowestFirst).mapToObj(i -> shape[i]).toList();
    List<Boolean> reduced =
        Arrays.stream(slowestFirst)
            .mapToObj(i -> Arrays.stream(over).anyMatch(d -> d == i || d == i - rank))
            .toList();
    double epsilon = base.getEpsilon();
    Class<?> type = base.getClass();
    if (type == NonNegativeConstraint.class) {
      return Optional.of(new Constraint(Kind.NON_NEGATIVE, 0, 0, 1, 0, sizes, reduced));
    }
    if (!reduced.contains(true) || !reduced.contains(false)) {
      throw new UnsupportedNetwork("a norm of all or of none of the dimensions of " + name);
    }
    if (type == MaxNormConstraint.class) {
      double most = ((MaxNormConstraint) base).getMaxNorm();
      return Optional.of(new Constraint(Kind.NORM, 0, most, 1, epsilon, sizes, reduced));
    }
    if (type == MinMaxNormConstraint.class) {
      MinMaxNormConstraint both = (MinMaxNormConstraint) base;
      return Optional.of(
          new Constraint(
              Kind.NORM, both.getMin(), both.getMax(), both.getRate(), epsilon, sizes, reduced));
    }
    if (type == UnitNormConstraint.class) {
      return Optional.of(new Constraint(Kind.NORM, 1, 1, 1, 0, sizes, reduced));
    }
    throw new UnsupportedNetwork("constraint " + constraint);
  }

  /** Changes the parameter to fit: twice, as DL4J does. */
  void apply(float[] values) {
    for (int round = 0; round < 2; round++) {
      if (kind == Kind.NON_NEGATIVE) {
        for (int i = 0; i < values.length; i++) {
          values[i] = values[i] < 0 ? 0 : values[i];
        }
      } else {
        scale(values, norms());
      }
    }
  }

  /** For each value, which norm it is part of. */
  private int[] norms() {
    int[] norms = {0};
    for (int d = 0; d < sizes.size(); d++) {
      int size = sizes.get(d);
      int[] finer = new int[norms.length * size];
      for (int i = 0; i < finer.length; i++) {
        finer[i] = reduced.get(d) ? norms[i / size] : norms[i / size] * size + i % size;
      }
      norms = finer;
    }
    return norms;
  }

  private void scale(float[] values, int[] norms) {
    double[] squares = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      squares[norms[i]] += (double) values[i] * values[i];
    }
    for (int i = 0; i < squares.length; i++) {
      squares[i] = factor(Math.sqrt(squares[i]));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) squares[norms[i]];
    }
  }

  private double factor(double norm) {
    double wanted = Math.max(least, Math.min(most, norm)) / (norm + epsilon);
    // As DL4J computes it, which moves by the norm itself, not by what it is divided by.
    return rate == 1 ? wanted : rate * wanted + (1 - rate) * (norm + epsilon);
  }
}
