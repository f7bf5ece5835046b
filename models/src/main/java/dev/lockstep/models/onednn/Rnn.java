package dev.lockstep.models.onednn;

import dev.lockstep.models.math.ActivationFunction;

/**
 * A plain recurrent layer (Elman 1990), as DL4J's {@code SimpleRnn}: the activation of W·x + R·h +
 * b, h being what it gave before.
 *
 * @param steps how many there are in an example
 * @param product weights and biases of what comes in, [inputs, units]
 * @param recurrent where the weights of what it gave before start, column-major [units, units]
 * @param mask of steps whose output is 0; or null
 */
record Rnn(
    int steps,
    int units,
    Dense product,
    int recurrent,
    ActivationFunction activation,
    StepMask mask)
    implements Recurrence {

  @Override
  public Cells cells(Assembly assembly, Tensor sums, Tensor result) {
    return new RnnCells(this, assembly, sums, result);
  }
}
