package dev.lockstep.models.onednn;

import dev.lockstep.models.math.ActivationFunction;
import java.util.Arrays;

/** The cells of an LSTM over the steps of a minibatch: [size, units] values of each kind a step. */
final class LstmCells implements Recurrence.Cells {
  private static final int INPUT = 0;
  private static final int FORGET = 1;
  private static final int OUTPUT = 2;
  private static final int MODULATION = 3;
  private static final int GATES = 4;

  /** The peepholes' weights, in their order. */
  private static final int TO_FORGET = 0;

  private static final int TO_OUTPUT = 1;
  private static final int TO_MODULATION = 2;

  private final int size;
  private final int steps;
  private final int units;
  private final Lstm layer;
  private final Weights weights;
  private final ActivationFunction activation;
  private final ActivationFunction gate;
  private final Steps sums;
  private final Steps outputs;
  private final RecurrentProducts products;
  private final float[][][] gates;
  private final float[][] states;
  private final float[][] cells;
  private final float[] none;
  private final float[] values;
  private final float[] peephole;
  private final float[] mask;

  /**
   * @param sums the weighted inputs, in memory [steps, size, 4 · units]
   * @param result where the outputs go, in memory [steps, size, units]
   */
  LstmCells(Lstm layer, Assembly assembly, Tensor sums, Tensor result) {
    this.layer = layer;
    size = assembly.size();
    steps = layer.steps();
    units = layer.units();
    weights = assembly.weights();
    activation = layer.activation().vectorised();
    gate = layer.gate().vectorised();
    mask = layer.mask() == null ? null : assembly.mask(layer.mask(), steps);
    this.sums = new Steps(sums, size, steps, GATES * units);
    outputs = new Steps(result, size, steps, units);
    products = new RecurrentProducts(weights, layer.recurrent(), size, units, GATES * units);
    gates = new float[steps][GATES][size * units];
    states = new float[steps][size * units];
    cells = new float[steps][size * units];
    none = new float[size * units];
    values = new float[size * units];
    peephole = new float[units];
  }

  @Override
  public void forward() {
    for (int step = 0; step < steps; step++) {
      if (step > 0) {
        products.forward(outputs, step - 1, sums, step);
      }
      for (int k = 0; k < GATES; k++) {
        sums.read(step, k * units, gates[step][k], units);
      }
      advance(step);
      outputs.write(step, values);
    }
  }

  @Override
  public Runnable backward(Tensor gradient, Tensor bySums) {
    return new Backward(gradient, bySums)::run;
  }

  private void advance(int step) {
    float[] before = step == 0 ? none : states[step - 1];
    float[] state = states[step];
    float[] input = gates[step][INPUT];
    float[] forget = gates[step][FORGET];
    float[] output = gates[step][OUTPUT];
    float[] modulation = gates[step][MODULATION];
    look(TO_FORGET, before, forget);
    look(TO_MODULATION, before, modulation);
    activation.apply(input, size, units);
    gate.apply(forget, size, units);
    gate.apply(modulation, size, units);
    for (int i = 0; i < state.length; i++) {
      state[i] = forget[i] * before[i] + modulation[i] * input[i];
    }
    look(TO_OUTPUT, state, output);
    gate.apply(output, size, units);
    float[] cell = cells[step];
    System.arraycopy(state, 0, cell, 0, state.length);
    activation.apply(cell, size, units);
    for (int i = 0; i < state.length; i++) {
      values[i] = output[i] * cell[i];
    }
    if (mask != null) {
      outputs.weigh(step, values, mask);
      outputs.weigh(step, state, mask);
    }
  }

  private int peepholeStart(int which) {
    return layer.recurrent() + (GATES * units + which) * units;
  }

  /** Adds what a gate sees through a peephole: also the gradient the other way. */
  private void look(int which, float[] from, float[] sum) {
    if (layer.peepholes()) {
      weights.values().get(peepholeStart(which), peephole);
      for (int i = 0; i < sum.length; i += units) {
        for (int k = 0; k < units; k++) {
          sum[i + k] += from[i + k] * peephole[k];
        }
      }
    }
  }

  /** What only training needs. */
  private final class Backward {
    private final Steps by;
    private final Steps deltas;
    private final float[][] now = new float[GATES][size * units];
    private final float[] byOutput = new float[size * units];
    private final float[] byState = new float[size * units];
    private final float[] later = new float[size * units];
    private final float[][] peepholes = new float[GATES - 1][units];

    /**
     * @param gradient by the outputs
     * @param byGates where the gradient by the weighted sums goes
     */
    Backward(Tensor gradient, Tensor byGates) {
      by = new Steps(gradient, size, steps, units);
      deltas = new Steps(byGates, size, steps, GATES * units);
    }

    void run() {
      Arrays.fill(byState, 0);
      for (float[] sum : peepholes) {
        Arrays.fill(sum, 0);
      }
      for (int step = steps - 1; step >= 0; step--) {
        by.read(step, byOutput);
        if (step < steps - 1) {
          products.backward(deltas, step + 1, later);
          for (int i = 0; i < later.length; i++) {
            byOutput[i] += later[i];
          }
        }
        retreat(step);
        for (int k = 0; k < GATES; k++) {
          deltas.write(step, k * units, now[k], units);
        }
      }
      products.byWeights(deltas, outputs);
      if (layer.peepholes()) {
        for (int which = 0; which < peepholes.length; which++) {
          weights.slopes().put(peepholeStart(which), peepholes[which]);
        }
      }
    }

    /** On entry the gradient by the state is what later steps make it. */
    private void retreat(int step) {
      float[] before = step == 0 ? none : states[step - 1];
      float[] input = gates[step][INPUT];
      float[] forget = gates[step][FORGET];
      float[] output = gates[step][OUTPUT];
      float[] modulation = gates[step][MODULATION];
      float[] cell = cells[step];
      for (int i = 0; i < cell.length; i++) {
        now[OUTPUT][i] = byOutput[i] * cell[i];
        byOutput[i] *= output[i];
      }
      if (mask != null) {
        // DL4J derives the activation at the state that is left, 0, but not the gate.
        outputs.weigh(step, cell, mask);
      }
      gate.backpropagate(null, output, now[OUTPUT], size, units);
      activation.backpropagate(null, cell, byOutput, size, units);
      for (int i = 0; i < cell.length; i++) {
        byState[i] += byOutput[i];
      }
      look(TO_OUTPUT, now[OUTPUT], byState);
      for (int i = 0; i < cell.length; i++) {
        now[FORGET][i] = byState[i] * before[i];
        now[MODULATION][i] = byState[i] * input[i];
        now[INPUT][i] = byState[i] * modulation[i];
        byState[i] *= forget[i];
      }
      gate.backpropagate(null, forget, now[FORGET], size, units);
      gate.backpropagate(null, modulation, now[MODULATION], size, units);
      activation.backpropagate(null, input, now[INPUT], size, units);
      if (mask != null) {
        for (float[] delta : now) {
          outputs.weigh(step, delta, mask);
        }
      }
      look(TO_FORGET, now[FORGET], byState);
      look(TO_MODULATION, now[MODULATION], byState);
      if (layer.peepholes()) {
        collect(peepholes[TO_FORGET], now[FORGET], before);
        collect(peepholes[TO_OUTPUT], now[OUTPUT], states[step]);
        collect(peepholes[TO_MODULATION], now[MODULATION], before);
      }
    }

    private void collect(float[] sum, float[] delta, float[] state) {
      for (int i = 0; i < delta.length; i += units) {
        for (int k = 0; k < units; k++) {
          sum[k] += delta[i + k] * state[i + k];
        }
      }
    }
  }
}
