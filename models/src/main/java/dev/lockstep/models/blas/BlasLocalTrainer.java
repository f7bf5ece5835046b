package dev.lockstep.models.blas;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.math.Dropout;
import dev.lockstep.models.math.FlatUpdater;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A stack of dense layers, trained by three matrix products a layer and plain loops. Equal to
 * {@link Dl4jLocalTrainer} but for rounding and for dropout's masks, and the same to the bit each
 * time on one kind of CPU.
 */
final class BlasLocalTrainer implements LocalTrainer {
  private final DenseStack stack;
  private final int parameterCount;
  private final int passSize;
  private final NativeFloats parameters;
  private final NativeFloats gradient;
  private final FlatUpdater updater;
  private StackPass pass;
  private long seed;
  private long stepsSinceSeed;

  /** With any parameters until {@link #load}. */
  BlasLocalTrainer(DenseStack stack) {
    this.stack = stack;
    parameterCount = stack.parameterCount();
    passSize = stack.passSize();
    parameters = new NativeFloats(parameterCount);
    gradient = new NativeFloats(parameterCount);
    updater = new FlatUpdater(stack.updates());
    pass = new StackPass(stack, parameters, 1);
    // Nothing else writes the gradient of frozen layers.
    for (int i = 0; i < stack.frozen(); i++) {
      DenseStack.Layer layer = stack.layers().get(i);
      gradient.buffer.put(layer.start(), new float[layer.end() - layer.start()]);
    }
  }

  @Override
  public void load(ModelState state) {
    Blas.useOneThread();
    expectLength(state.parameters());
    parameters.put(state.parameters(), parameterCount);
    updater.load(state);
  }

  private void expectLength(float[] values) {
    if (values.length != parameterCount) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(parameterCount, values.length));
    }
  }

  @Override
  public void seed(long seed) {
    this.seed = seed;
    stepsSinceSeed = 0;
  }

  @Override
  public void epoch(int number) {
    updater.epoch(number);
  }

  @Override
  public void rate(double factor) {
    updater.rate(factor);
  }

  @Override
  public ModelState state() {
    float[] values = new float[parameterCount];
    parameters.get(values, parameterCount);
    return new ModelState(values, updater.updaterState(), updater.updates());
  }

  @Override
  public double step(Minibatch minibatch) {
    double loss = differentiate(minibatch);
    updater.update(parameters.buffer, gradient.buffer, minibatch.size(), minibatch.weight());
    return loss;
  }

  @Override
  public double gradient(Minibatch minibatch, float[] sum) {
    Objects.checkFromIndexSize(0, parameterCount, sum.length);
    double loss = differentiate(minibatch);
    gradient.get(sum, parameterCount);
    return loss;
  }

  private double differentiate(Minibatch minibatch) {
    StackPass sized = passFor(minibatch.size());
    sized.forward(minibatch, new StepDraws(stepsSinceSeed++));
    sized.backward(minibatch, gradient);
    return sized.loss(minibatch);
  }

  /** A pure function of the seed and the step. */
  private final class StepDraws implements StackPass.Draws {
    private final long step;
    private int drawn;

    StepDraws(long step) {
      this.step = step;
    }

    @Override
    public long seed() {
      return Dropout.seed(seed, step, drawn++);
    }

    @Override
    public void mask(Dropout dropout, float[] mask, int length) {
      dropout.draw(mask, length, seed(), updater.updates(), updater.epoch());
    }
  }

  @Override
  public void apply(float[] sum, int examples, double weight) {
    expectLength(sum);
    updater.update(parameters.buffer, FloatBuffer.wrap(sum), examples, weight);
  }

  @Override
  public double loss(Minibatch minibatch) {
    forward(minibatch);
    return pass.loss(minibatch);
  }

  @Override
  public float[] output(Minibatch minibatch) {
    return Arrays.copyOf(forward(minibatch), minibatch.size() * stack.outputs());
  }

  @Override
  public Assessment assess(Minibatch minibatch) {
    float[] output = output(minibatch);
    return new Assessment(pass.loss(minibatch), output);
  }

  private float[] forward(Minibatch minibatch) {
    int rows = Math.max(passSize, minibatch.size());
    return passFor(rows).forward(minibatch, rows);
  }

  @Override
  public int passSize() {
    return passSize;
  }

  private StackPass passFor(int rows) {
    if (rows > pass.capacity()) {
      pass = new StackPass(stack, parameters, rows);
    }
    return pass;
  }
}
