package dev.lockstep.models.onednn;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.math.FlatUpdater;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * A network trained by operations of oneDNN. Equal to DL4J's own training but for rounding and for
 * dropout's masks, and the same to the bit each time on one kind of CPU.
 */
final class OneDnnLocalTrainer implements LocalTrainer {

  private final Scope scope = new Scope();
  private final Weights weights;
  private final FlatUpdater updater;
  private final Randomness randomness;
  private final PassCache passes;
  private final int passSize;
  private final Cleaner.Cleanable end;

  /** With all parameters 0 until {@link #load}. */
  OneDnnLocalTrainer(Plan plan) {
    weights = Weights.trained(plan.updates().parameterCount(), scope);
    updater = new FlatUpdater(plan.updates());
    randomness = new Randomness(updater);
    passes = new PassCache(plan, weights, randomness);
    passSize = plan.passSize();
    // Native memory ends with the trainer, whoever forgets to close it; the fences below keep it
    // from ending while native code works on it.
    end = Scope.CLEANER.register(this, new End(passes, scope));
  }

  private record End(PassCache passes, Scope scope) implements Runnable {
    @Override
    public void run() {
      passes.close();
      scope.close();
    }
  }

  @Override
  public void load(ModelState state) {
    weights.load(state.parameters());
    updater.load(state);
    Reference.reachabilityFence(this);
  }

  @Override
  public void seed(long seed) {
    randomness.seed(seed);
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
    float[] parameters = new float[weights.count()];
    weights.values().get(0, parameters);
    Reference.reachabilityFence(this);
    return new ModelState(parameters, updater.updaterState(), updater.updates());
  }

  @Override
  public double step(Minibatch minibatch) {
    Denormals.flush();
    try {
      double loss = differentiate(minibatch);
      update(weights.slopes(), minibatch.size(), minibatch.weight());
      return loss;
    } finally {
      Denormals.keep();
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public double gradient(Minibatch minibatch, float[] sum) {
    Objects.checkFromIndexSize(0, weights.count(), sum.length);
    Denormals.flush();
    try {
      double loss = differentiate(minibatch);
      weights.slopes().get(0, sum, 0, weights.count());
      return loss;
    } finally {
      Denormals.keep();
      Reference.reachabilityFence(this);
    }
  }

  private double differentiate(Minibatch minibatch) {
    NetworkPass pass = passes.get(minibatch.size(), Use.TRAINING);
    pass.forward(minibatch);
    pass.backward(minibatch);
    randomness.next();
    return pass.loss(minibatch);
  }

  @Override
  public void apply(float[] sum, int examples, double weight) {
    weights.expectLength(sum);
    Denormals.flush();
    try {
      update(FloatBuffer.wrap(sum), examples, weight);
    } finally {
      Denormals.keep();
      Reference.reachabilityFence(this);
    }
  }

  private void update(FloatBuffer sum, int examples, double weight) {
    updater.update(weights.values(), sum, examples, weight);
    weights.changed();
  }

  @Override
  public double loss(Minibatch minibatch) {
    Denormals.flush();
    try {
      return forward(minibatch).loss(minibatch);
    } finally {
      Denormals.keep();
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public float[] output(Minibatch minibatch) {
    Denormals.flush();
    try {
      return forward(minibatch).output(minibatch);
    } finally {
      Denormals.keep();
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public Assessment assess(Minibatch minibatch) {
    Denormals.flush();
    try {
      NetworkPass pass = forward(minibatch);
      return new Assessment(pass.loss(minibatch), pass.output(minibatch));
    } finally {
      Denormals.keep();
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public int passSize() {
    return passSize;
  }

  private NetworkPass forward(Minibatch minibatch) {
    NetworkPass pass = passes.get(Math.max(passSize, minibatch.size()), Use.INFERENCE);
    pass.forward(minibatch);
    return pass;
  }

  @Override
  public void close() {
    end.clean();
  }
}
