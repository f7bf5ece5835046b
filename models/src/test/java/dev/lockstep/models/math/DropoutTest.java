package dev.lockstep.models.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

class DropoutTest {
  private static final int LENGTH = 100_000;

  private static float[] mask(Dropout dropout, long seed) {
    float[] mask = new float[LENGTH];
    dropout.draw(mask, LENGTH, seed, 0, 0);
    return mask;
  }

  private static long same(float[] a, float[] b) {
    return IntStream.range(0, LENGTH).filter(i -> a[i] == b[i]).count();
  }

  @Test
  void keeps_as_many_as_the_probability_says_and_their_mean_is_1() {
    float[] mask = mask(new Dropout(new FixedSchedule(0.8)), 5);

    assertThat(IntStream.range(0, LENGTH).filter(i -> mask[i] != 0).count() / (double) LENGTH)
        .isCloseTo(0.8, within(0.005));
    assertThat(mask).containsOnly(0, 1.25f);
  }

  @Test
  void neighbouring_seeds_steps_and_layers_have_masks_of_their_own() {
    Dropout half = new Dropout(new FixedSchedule(0.5));
    float[] first = mask(half, Dropout.seed(1, 1, 1));

    assertThat(mask(half, Dropout.seed(1, 1, 1))).containsExactly(first);
    for (long other :
        new long[] {Dropout.seed(2, 1, 1), Dropout.seed(1, 2, 1), Dropout.seed(1, 1, 2)}) {
      assertThat(same(first, mask(half, other)) / (double) LENGTH).isCloseTo(0.5, within(0.01));
    }
  }

  @Test
  void the_probability_follows_its_schedule() {
    Dropout rising = new Dropout(new StepSchedule(ScheduleType.EPOCH, 0.25, 2, 1));
    float[] mask = new float[LENGTH];

    rising.draw(mask, LENGTH, 1, 0, 1);

    assertThat(mask).containsOnly(0, 2);
  }
}
