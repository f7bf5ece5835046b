package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.strategy.Schedule.Span;
import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.strategy.TrainingLength.Steps;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ScheduleProperties {

  @Provide
  Arbitrary<int[]> sizes() {
    return Arbitraries.integers()
        .between(0, 40)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(8)
        .filter(sizes -> Arrays.stream(sizes).anyMatch(size -> size > 0));
  }

  @Property
  void so_many_epochs_train_each_example_that_often(
      @ForAll("sizes") int[] sizes,
      @ForAll @IntRange(min = 1, max = 50) int batchSize,
      @ForAll EpochEnd epochEnd,
      @ForAll @IntRange(min = 1, max = 5) int epochs) {
    Schedule schedule = new Schedule(sizes, batchSize, epochEnd, new Epochs(epochs));

    for (int worker = 0; worker < sizes.length; worker++) {
      assertThat(positionAfterAll(schedule, worker)).isEqualTo((long) epochs * sizes[worker]);
    }
    assertThat(schedule.epochs(schedule.slots())).isEqualTo(epochs);
  }

  @Property
  void so_many_steps_are_that_many_minibatches_over_all_workers(
      @ForAll("sizes") int[] sizes,
      @ForAll @IntRange(min = 1, max = 50) int batchSize,
      @ForAll EpochEnd epochEnd,
      @ForAll @IntRange(min = 1, max = 200) int steps) {
    Schedule schedule = new Schedule(sizes, batchSize, epochEnd, new Steps(steps));
    long minibatches = 0;

    for (long slot = 0; slot < schedule.slots(); slot++) {
      assertThat(schedule.steps(slot)).isEqualTo(minibatches);
      long inSlot = 0;
      for (int worker = 0; worker < sizes.length; worker++) {
        inSlot += schedule.span(slot, worker).size() > 0 ? 1 : 0;
      }
      assertThat(inSlot).isPositive();
      minibatches += inSlot;
    }

    assertThat(minibatches).isEqualTo(steps);
    assertThat(schedule.steps(schedule.slots())).isEqualTo(steps);
  }

  @Property
  void accumulated_minibatches_have_the_slots_of_a_large_one(
      @ForAll("sizes") int[] sizes,
      @ForAll @IntRange(min = 1, max = 20) int batchSize,
      @ForAll @IntRange(min = 1, max = 5) int accumulated,
      @ForAll EpochEnd epochEnd) {
    Schedule parts = new Schedule(sizes, batchSize, accumulated, epochEnd, new Epochs(3));
    Schedule whole = new Schedule(sizes, batchSize * accumulated, epochEnd, new Epochs(3));

    assertThat(parts.slotsPerEpoch()).isEqualTo(whole.slotsPerEpoch());
    assertThat(parts.slots()).isEqualTo(whole.slots());
    for (int worker = 0; worker < sizes.length; worker++) {
      for (long slot = 0; slot < parts.slots(); slot++) {
        assertThat(parts.span(slot, worker)).isEqualTo(whole.span(slot, worker));
      }
    }
  }

  @Property
  void no_minibatch_is_larger_than_asked_or_leaves_a_gap(
      @ForAll("sizes") int[] sizes,
      @ForAll @IntRange(min = 1, max = 50) int batchSize,
      @ForAll EpochEnd epochEnd) {
    Schedule schedule = new Schedule(sizes, batchSize, epochEnd, new Epochs(3));

    for (int worker = 0; worker < sizes.length; worker++) {
      long expected = 0;
      for (long slot = 0; slot < schedule.slots(); slot++) {
        Span span = schedule.span(slot, worker);
        assertThat(span.from()).isEqualTo(expected);
        assertThat(span.size()).isBetween(0, schedule.largestMinibatch());
        expected = span.to();
      }
    }
  }

  @Property
  void with_remainders_no_minibatch_crosses_an_epoch_and_epochs_start_together(
      @ForAll("sizes") int[] sizes, @ForAll @IntRange(min = 1, max = 50) int batchSize) {
    Schedule schedule = new Schedule(sizes, batchSize, EpochEnd.REMAINDER, new Epochs(3));

    for (long slot = 0; slot < schedule.slots(); slot++) {
      for (int worker = 0; worker < sizes.length; worker++) {
        Span span = schedule.span(slot, worker);
        if (span.size() > 0) {
          long epoch = slot / schedule.slotsPerEpoch();
          assertThat(span.from() / sizes[worker]).isEqualTo(epoch);
          assertThat((span.to() - 1) / sizes[worker]).isEqualTo(epoch);
        }
      }
    }
  }

  private static long positionAfterAll(Schedule schedule, int worker) {
    return schedule.span(schedule.slots() - 1, worker).to();
  }
}
