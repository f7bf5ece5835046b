package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ModelState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutomaticPeriodTest {
  private static final int LONGEST = 8;
  private static final AutomaticPeriod PERIOD =
      new AutomaticPeriod(ParameterAveraging.every(1), LONGEST);

  @ParameterizedTest
  @CsvSource({"100,1,16", "100,2,8", "31,1,8", "9,1,8", "3,1,2", "1,1,1"})
  void the_longest_is_a_power_of_2_up_to_a_quarter_of_an_epoch_or_10(
      int minibatches, int workers, int longest) {
    int[] sizes = new int[workers];
    java.util.Arrays.fill(sizes, minibatches / workers);
    Schedule schedule = new Schedule(sizes, 1, EpochEnd.RUN_ON, new TrainingLength.Epochs(1));

    assertThat(ParameterAveraging.every(1).automatic().on(schedule).longest()).isEqualTo(longest);
  }

  @Test
  void it_begins_at_1_and_doubles_where_workers_go_one_way() {
    ModelState state = state(0);
    assertThat(PERIOD.roundEnd(state, 0)).isEqualTo(1);

    state = window(state, 1, 1);
    assertThat(PERIOD.found(state)).contains(new FoundPeriod(2, 1, 0));
    state = window(window(window(state, 1, 1), 1, 1), 1, 1);

    assertThat(PERIOD.found(state).orElseThrow().period()).as("no longer").isEqualTo(LONGEST);
    assertThat(PERIOD.roundEnd(state, 13)).as("the end of a round").isEqualTo(16);
  }

  @Test
  void it_stays_where_what_workers_do_is_chance() {
    ModelState state = window(window(state(0), 1, 1), 1, 1);

    ModelState after = window(state, 1, -1);

    assertThat(PERIOD.found(after).orElseThrow().period()).isEqualTo(4);
    assertThat(PERIOD.found(after).orElseThrow().agreement()).isZero();
  }

  @Test
  void it_halves_where_the_loss_doubles() {
    ModelState state = state(0);
    for (int window = 0; window < 4; window++) {
      state = window(state, 1, 1);
    }

    assertThat(PERIOD.found(window(state, 1, 1, 1.9)).orElseThrow().period()).isEqualTo(8);
    assertThat(PERIOD.found(window(state, 1, 1, 2.1)).orElseThrow().period()).isEqualTo(4);
  }

  @Test
  void agreement_and_spread_are_those_of_the_workers_changes() {
    FoundPeriod found = PERIOD.found(window(state(0), 3, 1)).orElseThrow();

    // The product of 3 and 1 over the mean of their squares; a distance of 1 from their mean, 2.
    assertThat(found.agreement()).isCloseTo(3 / 5.0, within(1e-6));
    assertThat(found.spread()).isCloseTo(1 / 2.0, within(1e-6));
  }

  @Test
  void the_outer_optimizer_does_not_see_it() {
    OuterOptimizer slowMo = new OuterOptimizer(OuterRule.MOMENTUM, 1, 0.5);
    AutomaticPeriod with = new AutomaticPeriod(ParameterAveraging.every(1).withOuter(slowMo), 8);
    ModelState start = slowMo.apply(state(8), state(6));

    ModelState end = with.agree(job(), PeriodSearch.of(state(8)).with(start), round(0), all(5, 5));

    assertThat(PeriodSearch.without(end)).isEqualTo(slowMo.apply(start, state(5)));
  }

  private static ModelState window(ModelState start, float one, float other) {
    return window(start, one, other, 1);
  }

  /** Rounds to the next decision in which two workers change their parameter by so much. */
  private static ModelState window(ModelState start, float one, float other, double loss) {
    ModelState state = start;
    for (long slot = 0; slot < LONGEST; ) {
      long to = PERIOD.roundEnd(state, slot);
      float at = state.parameters()[0];
      state =
          PERIOD.agree(job(), state, new Segment(slot, to), all(at, at + one, at + other, loss));
      slot = to;
    }
    return state;
  }

  private static Segment round(long slot) {
    return new Segment(slot, slot + 1);
  }

  private static Contribution all(float one, float other) {
    return all(0, one, other, 1);
  }

  /** What two workers bring of an example each. */
  private static Contribution all(float from, float one, float other, double loss) {
    return Contribution.combine(
        List.of(contribution(0, from, one, loss), contribution(1, from, other, loss)));
  }

  private static Contribution contribution(int worker, float from, float to, double loss) {
    WorkerResult result = new WorkerResult(worker, 1, 1, loss, -1, List.of(), WorkerTime.NONE);
    double change = (double) to - from;
    return Contribution.replica(result, state(to)).moved(change * change);
  }

  private static ModelState state(float parameter) {
    return new ModelState(new float[] {parameter}, new float[0], 1);
  }

  private static TrainingJob job() {
    Schedule schedule =
        new Schedule(new int[] {40, 40}, 1, EpochEnd.RUN_ON, new TrainingLength.Epochs(1));
    return TrainingJob.of(null, schedule, Ordering.AS_STORED, 1);
  }
}
