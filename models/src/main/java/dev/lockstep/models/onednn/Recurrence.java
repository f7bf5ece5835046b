package dev.lockstep.models.onednn;

import java.util.Arrays;
import java.util.List;

/**
 * A layer that computes each step of a sequence from the step's values and from what it gave
 * before: the weighted sums of all steps at once, then its cells step by step.
 */
interface Recurrence extends Operation {
  /** How many there are in an example. */
  int steps();

  /** How many values it gives for a step. */
  int units();

  /** Weights and biases of what comes in. */
  Dense product();

  /**
   * What is computed step by step.
   *
   * @param sums the weighted inputs, in memory [steps, size, outputs of the product]
   * @param result where the outputs go, in memory [steps, size, units]
   */
  Cells cells(Assembly assembly, Tensor sums, Tensor result);

  /** A recurrent layer's steps, over a minibatch. */
  interface Cells {
    void forward();

    /**
     * Its backward pass.
     *
     * @param gradient by the outputs
     * @param bySums where the gradient by the weighted inputs goes
     */
    Runnable backward(Tensor gradient, Tensor bySums);
  }

  @Override
  default boolean hasParameters() {
    return true;
  }

  @Override
  default Applied apply(Assembly assembly, List<Tensor> inputs) {
    Tensor input = inputs.get(0);
    long[] source = input.dims();
    Tensor sequence = assembly.in(assembly.timeMajor(source), input);
    Layout rows = assembly.plain(source[0] * steps(), source[1]);
    Applied sums = product().apply(assembly, List.of(assembly.view(sequence, rows)));
    Tensor result = assembly.allocate(assembly.timeMajor(source[0], units(), steps()));
    Cells cells = cells(assembly, sums.output(), result);
    assembly.run(cells::forward);
    return new Applied() {
      @Override
      public Tensor output() {
        return result;
      }

      @Override
      public List<Tensor> backpropagate(Tensor gradient, boolean down) {
        Tensor by = assembly.in(result.layout(), gradient);
        Tensor bySums = assembly.allocate(sums.output().layout());
        assembly.run(cells.backward(by, bySums));
        Tensor byInput = sums.backpropagate(bySums, down).get(0);
        return Arrays.asList(down ? assembly.view(byInput, assembly.timeMajor(source)) : null);
      }
    };
  }
}
