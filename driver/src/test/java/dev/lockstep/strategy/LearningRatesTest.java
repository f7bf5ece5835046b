package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.strategy.LearningRates.OneCycle;
import dev.lockstep.strategy.TrainingLength.Epochs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRatesTest {

  @ParameterizedTest
  @CsvSource({
    "constant, 3, 1",
    "step:2:0.1, 1.99, 1",
    "step:2:0.1, 2, 0.1",
    "step:2:0.1, 9.9, 1e-4",
    "cosine, 0, 1",
    "cosine, 5, 0.5",
    "cosine, 10, 0",
    "cosine:0.1, 10, 0.1",
    "one-cycle, 0, 0.04",
    "one-cycle, 3, 1",
    "one-cycle, 10, 4e-6"
  })
  void a_shape_says_the_factor_after_so_many_of_ten_epochs(
      String shape, double epochs, double factor) {
    assertThat(LearningRates.shape(shape).factor(epochs, 10)).isCloseTo(factor, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "step:2.0:0.1", "cosine", "cosine:0.1", "one-cycle"})
  void a_shape_is_written_as_it_is_read(String shape) {
    assertThat(LearningRates.shape(shape)).hasToString(shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "step", "step:2", "step:x:1", "cosine:0:1", "one-cycle:3", ""})
  void what_is_no_shape_is_refused(String shape) {
    assertThatThrownBy(() -> LearningRates.shape(shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected constant, step:EPOCHS:FACTOR, cosine, cosine:FLOOR or one-cycle, found '%s'",
            shape);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "step:0:0.1|epochs between two steps of the learning rate must be more than 0, not 0.0",
        "step:1:-2|a step of the learning rate must be more than 0, not -2.0",
        "cosine:1|what a cosine ends at must be from 0 to below 1, not 1.0"
      })
  void a_value_that_makes_no_sense_is_refused(String shape, String message) {
    assertThatThrownBy(() -> LearningRates.shape(shape)).hasMessage(message);
  }

  @Test
  void the_factor_does_not_depend_on_the_number_of_workers() {
    LearningRates rates = LearningRates.of(new OneCycle()).withWarmup(0.5);
    Schedule one = schedule(1200);
    Schedule four = schedule(300, 300, 300, 300);

    // Slot 10 of four workers is as far as the middle of slots 40 to 43 of one.
    assertThat(rates.factor(four, 10))
        .isCloseTo((rates.factor(one, 41) + rates.factor(one, 42)) / 2, within(1e-4));
  }

  @Test
  void a_warmup_rises_evenly() {
    LearningRates rates = LearningRates.CONSTANT.withWarmup(2);
    Schedule schedule = schedule(100);

    assertThat(rates.factor(schedule, 0)).isCloseTo(0.025, within(1e-12));
    assertThat(rates.factor(schedule, 9)).isCloseTo(0.475, within(1e-12));
    assertThat(rates.factor(schedule, 20)).isEqualTo(1);
  }

  @Test
  void a_shape_and_a_warmup_are_read_together() {
    assertThat(LearningRates.of("cosine+warmup:0.5", 3))
        .isEqualTo(LearningRates.of(new LearningRates.Cosine(0)).withWarmup(0.5));
    assertThat(LearningRates.of("constant", 0)).isEqualTo(LearningRates.CONSTANT);
    assertThatThrownBy(() -> LearningRates.of("constant+warmup:x", 0))
        .hasMessage("expected a number of epochs after +warmup:, found 'x'");
  }

  @Test
  void where_no_warmup_is_named_it_is_the_usual_but_for_one_cycle_which_begins_low() {
    assertThat(LearningRates.of("constant", 2)).isEqualTo(LearningRates.CONSTANT.withWarmup(2));
    assertThat(LearningRates.of("constant+warmup:0", 2)).isEqualTo(LearningRates.CONSTANT);
    assertThat(LearningRates.of("one-cycle", 2)).isEqualTo(LearningRates.of(new OneCycle()));
  }

  @Test
  void a_warmup_that_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> LearningRates.CONSTANT.withWarmup(-1))
        .hasMessage("warmup must be at least 0 epochs, not -1.0");
  }

  private static Schedule schedule(int... sizes) {
    return new Schedule(sizes, 10, EpochEnd.RUN_ON, new Epochs(10));
  }
}
