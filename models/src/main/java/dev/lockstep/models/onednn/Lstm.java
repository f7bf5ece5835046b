package dev.lockstep.models.onednn;

import dev.lockstep.models.math.ActivationFunction;

/**
 * An LSTM (Graves 2013), as DL4J's {@code LSTM}, or with peephole connections {@code GravesLSTM}.
 * Its gates are side by side in the order input activation, forget, output, input modulation.
 *
 * @param steps how many there are in an example
 * @param product weights and biases of what comes in, [inputs, 4 · units]
 * @param recurrent where the weights of what it gave before start, column-major [units, 4 · units],
 *     followed by those of the peepholes, if there are any
 * @param activation of input and cell
 * @param gate of the gates
 * @param mask of steps without output, before which the state is 0; or null
 */
record Lstm(
    int steps,
    int units,
    Dense product,
    int recurrent,
    boolean peepholes,
    ActivationFunction activation,
    ActivationFunction gate,
    StepMask mask)
    implements Recurrence {

  @Override
  public Cells cells(Assembly assembly, Tensor sums, Tensor result) {
    return new LstmCells(this, assembly, sums, result);
  }
}
