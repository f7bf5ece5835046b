package dev.lockstep.bench;

import dev.lockstep.models.Minibatch;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** Examples that can be learnt, made from a seed. */
final class MadeMinibatches {
  static final int COUNT = 20;
  private static final long SEED = 1;

  private MadeMinibatches() {}

  /** Waves of a frequency for each class, under noise as strong; values from 0 to 1. */
  static List<Minibatch> pictures(int batch, int length, int classes) {
    return made(
        random -> {
          float[] features = new float[batch * length];
          float[] labels = new float[batch * classes];
          for (int row = 0; row < batch; row++) {
            int label = random.nextInt(classes);
            labels[row * classes + label] = 1;
            for (int at = 0; at < length; at++) {
              double wave = (1 + Math.sin(at * (label + 1) / 3.0)) / 2;
              features[row * length + at] = (float) ((wave + random.nextDouble()) / 2);
            }
          }
          return new Minibatch(features, labels, batch);
        });
  }

  /**
   * Text in which each character has four that may follow; the label of a step is the next one.
   * Both are one-hot, [characters, steps].
   */
  static List<Minibatch> text(int batch, int characters, int steps) {
    return made(
        random -> {
          int length = characters * steps;
          float[] features = new float[batch * length];
          float[] labels = new float[batch * length];
          for (int row = 0; row < batch; row++) {
            int character = random.nextInt(characters);
            for (int step = 0; step < steps; step++) {
              features[row * length + character * steps + step] = 1;
              character = (character * 5 + 7 + random.nextInt(4)) % characters;
              labels[row * length + character * steps + step] = 1;
            }
          }
          return new Minibatch(features, labels, batch);
        });
  }

  private static List<Minibatch> made(Function<SplittableRandom, Minibatch> maker) {
    SplittableRandom random = new SplittableRandom(SEED);
    return Stream.generate(() -> maker.apply(random)).limit(COUNT).toList();
  }
}
