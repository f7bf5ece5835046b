package dev.lockstep.models.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.util.Random;

/** A network, with minibatches for it, and how far two ways of training it may differ. */
record OneDnnCase(String name, NetworkDefinition network, ExampleLayout layout) {
  static final double TOLERANCE = 1e-4;

  /** Minibatch sizes in the order in which they come, so that passes are made and used again. */
  private static final int[] SIZES = {6, 3, 16, 7};

  @Override
  public String toString() {
    return name;
  }

  LocalTrainer trainer(LocalStep step) {
    return LocalTrainers.factory(network, step, layout).newTrainer();
  }

  ModelState start() {
    return Dl4jLocalTrainer.stateOf(network.newNetwork());
  }

  Minibatch minibatch(int seed) {
    return minibatch(new Random(seed), SIZES[seed % SIZES.length]);
  }

  /** Features uniform in [−1, 1); of each output's labels one is 1. */
  Minibatch minibatch(Random random, int size) {
    float[] features = new float[size * layout.featureLength()];
    for (int i = 0; i < features.length; i++) {
      features[i] = 2 * random.nextFloat() - 1;
    }
    float[] labels = new float[size * layout.labelLength()];
    for (int row = 0; row < size; row++) {
      int from = row * layout.labelLength();
      for (ExampleLayout.Part part : layout.labels()) {
        oneHot(random, labels, from, part);
        from += part.length();
      }
    }
    return new Minibatch(features, labels, size);
  }

  private static void oneHot(Random random, float[] labels, int from, ExampleLayout.Part part) {
    int classes = part.values().dimensions().get(0);
    int steps = part.values().length() / classes;
    for (int step = 0; step < steps; step++) {
      labels[from + random.nextInt(classes) * steps + step] = 1;
    }
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
