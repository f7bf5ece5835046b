package dev.lockstep.models.math;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.Floats;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;

/**
 * A loss by the object that DL4J would ask, of whatever class, taken to be a function of what it is
 * given. Rows that do not count it is not shown, as not every loss heeds masks; those that count
 * more or less than one do so by their part of the score, if it has such parts.
 *
 * @param labelColumns how many values the labels of a row have; {@link #ANY} until they are known
 */
record ForeignLoss(
    StoredObject<ILossFunction> object, StoredObject<IActivation> activation, int labelColumns)
    implements Loss {
  private static final int ANY = 0;
  private static final int TRIED = 2;

  static Loss of(ILossFunction loss, IActivation activation) {
    return new ForeignLoss(
        StoredObject.of(loss, ILossFunction.class),
        StoredObject.of(activation, IActivation.class),
        // DL4J takes others too, and computes something of them.
        loss instanceof LossMixtureDensity mixtures ? mixtures.getLabelWidth() : ANY);
  }

  /** Those that count of the rows of a matrix. */
  private record Rows(int[] numbers, float[] factors) {
    static Rows of(LossMask mask, int rows) {
      int[] numbers = new int[rows];
      float[] factors = new float[rows];
      int count = 0;
      for (int row = 0; row < rows; row++) {
        float factor = mask == null ? 1 : mask.at(row, 0);
        if (factor != 0) {
          numbers[count] = row;
          factors[count++] = factor;
        }
      }
      return new Rows(Arrays.copyOf(numbers, count), Arrays.copyOf(factors, count));
    }

    int count() {
      return numbers.length;
    }

    boolean alike() {
      for (float factor : factors) {
        if (factor != 1) {
          return false;
        }
      }
      return true;
    }

    INDArray in(float[] matrix, int columns) {
      float[] chosen = new float[count() * columns];
      for (int i = 0; i < count(); i++) {
        System.arraycopy(matrix, numbers[i] * columns, chosen, i * columns, columns);
      }
      return Floats.array(chosen, count(), columns);
    }
  }

  @Override
  public double sum(
      float[] inputs, float[] outputs, float[] labels, LossMask mask, int rows, int columns) {
    Rows chosen = Rows.of(mask, rows);
    if (chosen.count() == 0) {
      return 0;
    }
    IActivation function = activation.object();
    return object.ask(
        loss -> {
          INDArray wanted = chosen.in(labels, labelColumns(columns));
          INDArray given = chosen.in(inputs, columns);
          return chosen.alike()
              ? loss.computeScore(wanted, given, function, null, false)
              : weighted(loss.computeScoreArray(wanted, given, function, null), chosen);
        });
  }

  private static double weighted(INDArray scores, Rows chosen) {
    int width = Math.max(1, Math.toIntExact(scores.length() / chosen.count()));
    float[] each = Nd4jMatrices.read(scores, chosen.count(), width);
    double sum = 0;
    for (int i = 0; i < each.length; i++) {
      sum += (double) each[i] * chosen.factors[i / width];
    }
    return sum;
  }

  @Override
  public void gradient(
      float[] inputs,
      float[] outputs,
      float[] labels,
      LossMask mask,
      float[] gradient,
      int rows,
      int columns) {
    Arrays.fill(gradient, 0, rows * columns, 0);
    Rows chosen = Rows.of(mask, rows);
    if (chosen.count() == 0) {
      return;
    }
    IActivation function = activation.object();
    float[] found =
        object.ask(
            loss -> {
              INDArray wanted = chosen.in(labels, labelColumns(columns));
              INDArray given = chosen.in(inputs, columns);
              INDArray slopes = loss.computeGradient(wanted, given, function, null);
              return Nd4jMatrices.read(slopes, chosen.count(), columns);
            });
    for (int i = 0; i < found.length; i++) {
      int row = i / columns;
      gradient[chosen.numbers[row] * columns + i % columns] = found[i] * chosen.factors[row];
    }
  }

  @Override
  public boolean needsInputs() {
    return true;
  }

  @Override
  public boolean ofRows() {
    return true;
  }

  @Override
  public int labelColumns(int columns) {
    return labelColumns == ANY ? columns : labelColumns;
  }

  /** Any that it does not refuse when it is tried, unless they are known. */
  @Override
  public Optional<Loss> ofLabels(int found, int columns) throws UnsupportedNetwork {
    if (labelColumns != ANY && labelColumns != found) {
      return Optional.empty();
    }
    ForeignLoss fitting = new ForeignLoss(object, activation, found);
    ForeignLoss other = new ForeignLoss(object.copy(), activation.copy(), found);
    try {
      float[] once = fitting.tried(columns);
      if (!Arrays.equals(once, fitting.tried(columns))
          || !Arrays.equals(once, other.tried(columns))) {
        throw new UnsupportedNetwork(
            "loss %s that gives something else each time".formatted(object.kind()));
      }
    } catch (ModelError e) {
      throw new UnsupportedNetwork("loss " + e.getMessage());
    }
    return Optional.of(fitting);
  }

  /** Gradient and loss of some values, with labels that are one-hot. */
  private float[] tried(int columns) {
    float[] inputs = new float[TRIED * columns];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = 0.1f * (i % 5 - 2);
    }
    float[] labels = new float[TRIED * labelColumns];
    for (int row = 0; row < TRIED; row++) {
      labels[row * labelColumns + row % labelColumns] = 1;
    }
    float[] found = new float[inputs.length + 1];
    gradient(inputs, null, labels, null, found, TRIED, columns);
    found[inputs.length] = (float) sum(inputs, null, labels, null, TRIED, columns);
    return found;
  }
}
