package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Schema;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.math.GradientReduction;
import dev.lockstep.strategy.Schedule.Span;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentedMinibatchTest {
  private static final int SIDE = 6;
  private static final int EXAMPLES = 12;
  private static final Schema SCHEMA = Schema.classification(List.of(3, SIDE, SIDE), EXAMPLES);

  /** What the network sees in the second epoch, by class, which is of one example each. */
  private static Map<Integer, float[]> seen(int workers, Augmentation augmentation) {
    Map<Integer, float[]> seen = new HashMap<>();
    int[] sizes = new int[workers];
    Arrays.fill(sizes, EXAMPLES / workers);
    Schedule schedule = new Schedule(sizes, 1, EpochEnd.REMAINDER, new TrainingLength.Epochs(2));
    TrainingJob job =
        new TrainingJob(
            "test",
            null,
            schedule,
            Ordering.SHUFFLED,
            5,
            augmentation,
            LearningRates.CONSTANT,
            WeightsAverage.NONE,
            TrainedParameters.ALL,
            GradientReduction.MEAN);
    for (int worker = 0; worker < workers; worker++) {
      int first = worker;
      ExampleBlock block =
          ExampleBlock.of(
              SCHEMA,
              IntStream.range(0, EXAMPLES)
                  .filter(id -> id % workers == first)
                  .mapToObj(AugmentedMinibatchTest::example)
                  .iterator());
      MinibatchReader reader = new MinibatchReader(block, job, worker);
      for (long at = block.size(); at < 2L * block.size(); at++) {
        Minibatch one = reader.read(new Span(at, at + 1));
        int label = 0;
        while (one.labels()[label] == 0) {
          label++;
        }
        seen.put(label, one.features().clone());
      }
    }
    return seen;
  }

  private static Example example(int id) {
    byte[] pixels = new byte[SCHEMA.featureLength()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (id * 31 + i * 7);
    }
    return Example.image(id, pixels, id);
  }

  @Test
  void an_example_is_changed_alike_whoever_trains_it() {
    Augmentation augmentation = Augmentation.of("flip,crop:2,rotate:20");
    Map<Integer, float[]> alone = seen(1, augmentation);
    Map<Integer, float[]> three = seen(3, augmentation);

    assertThat(alone).hasSize(EXAMPLES);
    alone.forEach(
        (id, features) -> assertThat(three.get(id)).as("example %d", id).isEqualTo(features));
    assertThat(seen(1, Augmentation.NONE).get(0)).isNotEqualTo(alone.get(0));
  }

  @Test
  void pixels_that_only_move_keep_their_bits() {
    Map<Integer, float[]> stored = seen(1, Augmentation.NONE);
    Map<Integer, float[]> flipped = seen(1, Augmentation.of("flip"));

    int moved = 0;
    for (int id = 0; id < EXAMPLES; id++) {
      float[] mirrored = new float[SCHEMA.featureLength()];
      for (int i = 0; i < mirrored.length; i++) {
        mirrored[i] = stored.get(id)[i / SIDE * SIDE + SIDE - 1 - i % SIDE];
      }
      assertThat(flipped.get(id)).as("example %d", id).isIn(stored.get(id), mirrored);
      moved += Arrays.equals(flipped.get(id), mirrored) ? 1 : 0;
    }
    assertThat(moved).as("flipped").isBetween(1, EXAMPLES - 1);
  }
}
