package dev.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.Schema.FeatureType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassCodingTest {
  private static final List<String> TWO = List.of("no", "yes");

  private static Schema schema(ClassCoding coding) {
    return Schema.classification(List.of(1), FeatureType.FLOAT32, TWO).withCoding(coding);
  }

  @ParameterizedTest
  @EnumSource
  void what_a_network_learns_of_a_class_means_that_class(ClassCoding coding) {
    Schema schema = schema(coding);
    List<Example> examples =
        List.of(Example.point(0, new float[] {7}, 0), Example.point(1, new float[] {8}, 1));
    Examples block = ExampleBlock.of(schema, examples.iterator());
    float[] labels = {9, 9, 9, 9};
    block.copy(0, 0, new float[2], labels);
    block.copy(1, 1, new float[2], labels);
    float[] learnt = Arrays.copyOf(labels, 2 * schema.labelLength());
    assertThat(coding.probabilities(learnt)).containsExactly(1, 0, 0, 1);
  }

  @Test
  void the_border_between_two_classes_is_a_half_or_0() {
    assertThat(ClassCoding.ZERO_ONE.probabilities(new float[] {0.75f, 2, -1}))
        .containsExactly(0.25f, 0.75f, 0, 1, 1, 0);
    assertThat(ClassCoding.MINUS_PLUS.probabilities(new float[] {0, 0.5f, -3}))
        .containsExactly(0.5f, 0.5f, 0.25f, 0.75f, 1, 0);
  }

  @Test
  void one_value_is_of_two_classes_only() {
    assertThatThrownBy(() -> Schema.classification(List.of(1), 3).withCoding(ClassCoding.ZERO_ONE))
        .hasMessage("ZERO_ONE is of two classes, not of 3");
  }

  @ParameterizedTest
  @CsvSource({"-1.0,-1", "+1,1", "3.00,3", "007,007", "1.5,1.5", "a.0,a.0"})
  void whole_numbers_are_named_without_decimals_and_plus(String label, String name) {
    assertThat(LabelSurvey.className(label)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "1 -1|-1 1|",
        "10 9 -2|-2 9 10|none between -2 and 9",
        "0 1 10000000|0 1 10000000|none between 1 and 10000000",
        "b 2 a|2 a b|",
        "3 1 2|1 2 3|"
      },
      delimiter = '|')
  void numbers_come_in_their_order_and_gaps_are_told(String found, String names, String gap) {
    ClassNumbers classes = ClassNumbers.of(Optional.empty(), List.of(found.split(" ")));
    assertThat(classes.names()).containsExactly(names.split(" "));
    if (gap == null) {
      assertThat(classes.gaps()).isEmpty();
    } else {
      assertThat(classes.gaps().orElseThrow()).endsWith(gap);
    }
  }
}
