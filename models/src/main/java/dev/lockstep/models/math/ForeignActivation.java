package dev.lockstep.models.math;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.Floats;
import java.util.Arrays;
import java.util.function.Function;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An activation by the object that DL4J would ask, of whatever class, taken to be a function of
 * what it is given.
 */
record ForeignActivation(StoredObject<IActivation> object) implements ActivationFunction {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;
  private static final float[] TRIED = {-1.5f, -0.4f, 0.3f, 0.8f, 1.2f, -2};

  /**
   * Tries it.
   *
   * @throws UnsupportedNetwork if it has parameters, fails, or is no function
   */
  static ActivationFunction of(IActivation activation) throws UnsupportedNetwork {
    String what = "activation " + activation.getClass().getSimpleName();
    if (activation.numParams(COLUMNS) > 0) {
      throw new UnsupportedNetwork(what + " with parameters");
    }
    ForeignActivation function =
        new ForeignActivation(StoredObject.of(activation, IActivation.class));
    try {
      float[] once = tried(function, function);
      if (!Arrays.equals(once, tried(function.copy(), function.copy()))) {
        throw new UnsupportedNetwork(what + " that gives something else each time");
      }
    } catch (ModelError e) {
      throw new UnsupportedNetwork("activation " + e.getMessage());
    }
    return function;
  }

  private ForeignActivation copy() {
    return new ForeignActivation(object.copy());
  }

  /** What becomes of some values, and their derivatives. */
  private static float[] tried(ForeignActivation forward, ForeignActivation backward) {
    float[] values = Arrays.copyOf(TRIED, 2 * TRIED.length);
    float[] gradient = {1, 2, -1, 0.5f, -2, 1};
    forward.train(values, ROWS, COLUMNS, 0);
    backward.backpropagate(TRIED, values, gradient, ROWS, COLUMNS);
    System.arraycopy(gradient, 0, values, TRIED.length, gradient.length);
    return values;
  }

  @Override
  public void apply(float[] values, int rows, int columns) {
    activate(values, rows, columns, false);
  }

  @Override
  public void train(float[] values, int rows, int columns, long seed) {
    activate(values, rows, columns, true);
  }

  private void activate(float[] values, int rows, int columns, boolean training) {
    replace(
        values,
        rows,
        columns,
        known -> known.getActivation(Floats.array(values, rows, columns), training));
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
  public void backpropagate(
      float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
    replace(
        gradient,
        rows,
        columns,
        known -> {
          INDArray by = Floats.array(gradient, rows, columns);
          return known.backprop(Floats.array(inputs, rows, columns), by).getFirst();
        });
  }

  private void replace(
      float[] values, int rows, int columns, Function<IActivation, INDArray> question) {
    float[] found = object.ask(known -> Nd4jMatrices.read(question.apply(known), rows, columns));
    System.arraycopy(found, 0, values, 0, found.length);
  }
}
