package dev.lockstep.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelReaderTest {
  private final LabelReader classes = new LabelReader(NetworkTask.CLASSIFICATION, 10);

  @Test
  void class_numbers_are_read_as_they_are() throws InvalidRow {
    assertThat(classes.read(9.0)).containsExactly(9);
    assertThat(new LabelReader(NetworkTask.REGRESSION, 10).read(1e7)).containsExactly(1e7f);
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 10_000_000, 1_000_000_000})
  void one_that_is_too_large_is_told_and_no_memory_taken_for_classes_before_it(double label) {
    assertThatThrownBy(() -> classes.read(label))
        .isInstanceOf(InvalidRow.class)
        .hasMessageStartingWith("expected a class number, 0 to 9, as label, found 10")
        .hasMessageNotContaining("E");
  }
}
