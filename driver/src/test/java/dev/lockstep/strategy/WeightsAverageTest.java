package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ModelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsAverageTest {
  /** 2 workers, 5 slots an epoch, 4 epochs. */
  private static final Schedule SCHEDULE =
      new Schedule(new int[] {10, 10}, 2, EpochEnd.RUN_ON, new TrainingLength.Epochs(4));

  @Test
  void an_exponential_average_weighs_each_round_by_the_minibatches_since() {
    WeightsAverage average = WeightsAverage.of("ema:0.9");

    ModelState last = train(average, 1, 3, 5, 20);

    // After 2, 6, 10 and 40 minibatches of both workers the weights were 1, 3, 5 and 20.
    double all = 1 - Math.pow(0.9, 40);
    double expected =
        (1 * (1 - Math.pow(0.9, 2)) * Math.pow(0.9, 38)
                + 3 * (1 - Math.pow(0.9, 4)) * Math.pow(0.9, 34)
                + 5 * (1 - Math.pow(0.9, 4)) * Math.pow(0.9, 30)
                + 20 * (1 - Math.pow(0.9, 30)))
            / all;
    assertThat(last.averaged()[0]).isCloseTo((float) expected, within(1e-5f));
    assertThat(last.parameters()).as("what is trained").containsExactly(20);
  }

  @Test
  void the_first_round_leaves_nothing_of_the_start() {
    assertThat(train(WeightsAverage.of("ema:0.999"), 1).averaged()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({"1,12.5", "2,15", "3,17.5", "4,20"})
  void stochastic_averaging_is_the_mean_of_the_ends_of_epochs(int from, float expected) {
    ModelState last = train(WeightsAverage.of("swa:" + from), 2, 5, 7, 10, 13, 15, 18, 20);

    assertThat(last.averaged()).containsExactly(expected);
  }

  @Test
  void of_a_round_of_several_epochs_the_end_counts_for_each() {
    ModelState last = train(WeightsAverage.of("swa:1"), 5, 20);

    assertThat(last.averaged()).containsExactly((5 + 3 * 20) / 4f);
  }

  @Test
  void before_its_first_epoch_there_is_no_average() {
    assertThat(train(WeightsAverage.of("swa:3"), 5, 10, 14).averagedModel()).isEmpty();
    assertThat(train(WeightsAverage.NONE, 5, 20).averagedModel()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema:0.99", "swa:2", "none"})
  void it_is_written_as_it_is_read(String text) {
    assertThat(WeightsAverage.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ema:1|the decay of an exponential moving average must be from 0 to below 1, not 1.0",
        "swa:0|weights are averaged from epoch 1 on or later, not from 0",
        "ema|expected ema:DECAY, such as ema:0.999, swa:EPOCH or none, found 'ema'",
        "swa:x|expected ema:DECAY, such as ema:0.999, swa:EPOCH or none, found 'swa:x'"
      })
  void what_makes_no_sense_is_refused(String text, String message) {
    assertThatThrownBy(() -> WeightsAverage.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** The weight after each round is the slot at which it ends. */
  private static ModelState train(WeightsAverage average, long... ends) {
    ModelState state = new ModelState(new float[] {0}, new float[0], 0);
    long from = 0;
    for (long to : ends) {
      ModelState agreed = new ModelState(new float[] {to}, new float[0], 0);
      state = average.after(SCHEDULE, state, new Segment(from, to), agreed);
      from = to;
    }
    return state;
  }
}
