package dev.lockstep.models.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.util.List;
import java.util.Random;

/**
 * A network, with minibatches for it, and how far two ways of training it may differ.
 *
 * @param numbers of classes that features are numbers of; 0 if they are any
 */
public record OneDnnCase(
    String name, NetworkDefinition network, ExampleLayout layout, int numbers) {
  static final double TOLERANCE = 1e-4;

  /** Minibatch sizes in the order in which they come, so that passes are made and used again. */
  private static final int[] SIZES = {6, 3, 16, 7};

  public OneDnnCase(String name, NetworkDefinition network, ExampleLayout layout) {
    this(name, network, layout, 0);
  }

  @Override
  public String toString() {
    return name;
  }

  public LocalTrainer trainer(LocalStep step) {
    return LocalTrainers.factory(network, step, layout).newTrainer();
  }

  public ModelState start() {
    return Dl4jLocalTrainer.stateOf(network.newNetwork());
  }

  public Minibatch minibatch(int seed) {
    return minibatch(new Random(seed), SIZES[seed % SIZES.length]);
  }

  /**
   * Features uniform in [−1, 1); of each output's labels one is 1. What varies in length has random
   * lengths, the same in all arrays of an example; masks are random, but for each length's last
   * step.
   */
  public Minibatch minibatch(Random random, int size) {
    float[] features = new float[size * layout.featureLength()];
    for (int i = 0; i < features.length; i++) {
      features[i] = numbers > 0 ? random.nextInt(numbers) : 2 * random.nextFloat() - 1;
    }
    float[] labels = new float[size * layout.labelLength()];
    for (int row = 0; row < size; row++) {
      int from = row * layout.labelLength();
      for (ExampleLayout.Part part : layout.labels()) {
        oneHot(random, labels, from, part);
        from += part.length();
      }
      long lengths = random.nextLong();
      shorten(new Random(lengths), layout.features(), features, row * layout.featureLength());
      shorten(new Random(lengths), layout.labels(), labels, row * layout.labelLength());
    }
    return new Minibatch(features, labels, size);
  }

  private static void oneHot(Random random, float[] labels, int from, ExampleLayout.Part part) {
    List<Integer> shape = part.values().dimensions();
    boolean last = shape.size() == 2 && shape.get(1) == OneDnnNetworks.CLASSES;
    int classes = shape.get(last ? 1 : 0);
    int steps = part.values().length() / classes;
    for (int step = 0; step < steps; step++) {
      int label = random.nextInt(classes);
      labels[from + (last ? step * classes + label : label * steps + step)] = 1;
    }
  }

  private static void shorten(Random random, List<ExampleLayout.Part> parts, float[] rows, int at) {
    int from = at;
    for (ExampleLayout.Part part : parts) {
      List<Integer> shape = part.values().dimensions();
      int axis = part.values().varies() ? part.values().variableAxis() : shape.size() - 1;
      int most = shape.get(axis);
      int steps = part.values().varies() ? 1 + random.nextInt(most) : most;
      if (part.values().varies()) {
        rows[from + part.stepsOffset()] = steps;
        ArrayShape whole = new ArrayShape(shape, axis);
        float[] kept = new float[whole.length()];
        whole.copy(steps, rows, from, kept, 0, most);
        System.arraycopy(kept, 0, rows, from, kept.length);
      }
      int factors = part.mask() == null ? 0 : part.mask().length();
      for (int i = 0; i < factors; i++) {
        int step = i % most;
        boolean counts = step < steps && (step == steps - 1 || random.nextFloat() < 0.7);
        rows[from + part.maskOffset() + i] = counts ? 1 : 0;
      }
      from += part.length();
    }
  }

  /** The same bits as by a pass for each. */
  private static void assessesInOnePass(LocalTrainer trainer, Minibatch minibatch) {
    LocalTrainer.Assessment both = trainer.assess(minibatch);
    assertThat(both.loss()).as("loss of one pass").isEqualTo(trainer.loss(minibatch));
    assertThat(both.output()).as("output of one pass").isEqualTo(trainer.output(minibatch));
  }

  void trainsAsDl4jDoes(int steps) {
    LocalTrainer found = trainer(LocalStep.ONEDNN);
    LocalTrainer expected = trainer(LocalStep.DL4J);
    found.load(start());
    expected.load(start());
    for (int step = 0; step < steps; step++) {
      Minibatch minibatch = minibatch(step);
      double loss = expected.step(minibatch);
      assertThat(found.step(minibatch))
          .as("loss of step %d", step)
          .isCloseTo(loss, within(TOLERANCE * Math.max(1, Math.abs(loss))));
    }
    assertSame("parameters", found.state().parameters(), expected.state().parameters());
    assertSame("moments", found.state().updaterState(), expected.state().updaterState());
    assertThat(found.state().updates()).isEqualTo(expected.state().updates());
    Minibatch minibatch = minibatch(0);
    assertSame("output", found.output(minibatch), expected.output(minibatch));
    double loss = expected.loss(minibatch);
    assertThat(found.loss(minibatch))
        .as("loss without training")
        .isCloseTo(loss, within(TOLERANCE * Math.max(1, Math.abs(loss))));
    assessesInOnePass(found, minibatch);
    assessesInOnePass(expected, minibatch);
    found.close();
  }

  void differentiatesAsDl4jDoes() {
    LocalTrainer found = trainer(LocalStep.ONEDNN);
    LocalTrainer expected = trainer(LocalStep.DL4J);
    ModelState start = start();
    found.load(start);
    expected.load(start);
    float[] gradient = new float[start.parameters().length];
    float[] expectedGradient = new float[gradient.length];
    Minibatch minibatch = minibatch(3);
    double loss = expected.gradient(minibatch, expectedGradient);
    assertThat(found.gradient(minibatch, gradient))
        .isCloseTo(loss, within(TOLERANCE * Math.max(1, Math.abs(loss))));
    assertSame("gradient", gradient, expectedGradient);
    found.apply(expectedGradient, 5);
    expected.apply(expectedGradient, 5);
    assertSame("parameters", found.state().parameters(), expected.state().parameters());
    found.close();
  }

  /** Relative to each value, or to their root mean square where that is more. */
  static void assertSame(String what, float[] found, float[] expected) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    double squares = 0;
    for (float value : expected) {
      squares += (double) value * value;
    }
    double typical = Math.sqrt(squares / Math.max(1, expected.length));
    for (int i = 0; i < expected.length; i++) {
      double allowed = TOLERANCE * Math.max(typical, Math.abs(expected[i]));
      if (!(Math.abs(found[i] - expected[i]) <= allowed)) {
        assertThat(found[i])
            .as("%s[%d] of %d, typically %.3g", what, i, expected.length, typical)
            .isCloseTo(expected[i], within((float) allowed));
      }
    }
  }
}
