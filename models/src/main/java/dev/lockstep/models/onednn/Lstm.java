package dev.lockstep.models.onednn;

import dev.lockstep.models.math.ActivationFunction;
import java.util.Arrays;
import java.util.List;

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
    implements Operation {

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new Pass(assembly, inputs.get(0));
  }

  private final class Pass implements Applied {
    private final Assembly assembly;
    private final long[] source;
    private final Applied gates;
    private final Tensor result;
    private final LstmCells cells;

    Pass(Assembly assembly, Tensor input) {
      this.assembly = assembly;
      source = input.dims();
      long rows = source[0] * steps;
      Tensor sequence = assembly.in(assembly.timeMajor(source), input);
      gates =
          product.apply(
              assembly, List.of(assembly.view(sequence, assembly.plain(rows, product.inputs()))));
      result = assembly.allocate(assembly.timeMajor(source[0], units, steps));
      cells = new LstmCells(Lstm.this, assembly, gates.output(), result);
      assembly.run(cells::forward);
    }

    @Override
    public Tensor output() {
      return result;
    }

    @Override
    public List<Tensor> backpropagate(Tensor gradient, boolean down) {
      Tensor by = assembly.in(result.layout(), gradient);
      Tensor byGates = assembly.allocate(gates.output().layout());
      assembly.run(cells.new Backward(by, byGates)::run);
      Tensor byInput = gates.backpropagate(byGates, down).get(0);
      return Arrays.asList(down ? assembly.view(byInput, assembly.timeMajor(source)) : null);
    }
  }
}
