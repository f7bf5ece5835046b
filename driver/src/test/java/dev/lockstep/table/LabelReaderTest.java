package dev.lockstep.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelReaderTest {
  private final LabelReader classes = new LabelReader(NetworkTask.CLASSIFICATION, 10);

  @Test
  void class_numbers_are_read_as_they_are() throws InvalidRow {
    assertThat(classes.read(9.0)).containsExactly(9);
    assertThat(new LabelReader(NetworkTask.REGRESSION, 10).read(1e7)).containsExactly(1e7f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLASSIFICATION | , names of classes as strings or booleans, or vectors or arrays of 0 and 1 for"
            + " several labels of a row",
        "REGRESSION | , vectors or arrays of numbers"
      })
  void a_column_that_has_no_labels_is_told(NetworkTask task, String others) {
    StructField column = new StructType().add("when", DataTypes.DateType).fields()[0];

    assertThatThrownBy(() -> LabelReader.check(column, task))
        .hasMessage("labelCol: column when is of type date: expected numbers" + others);
  }

  @Test
  void several_labels_are_read_of_vectors_and_must_be_as_many_in_each_row() throws InvalidRow {
    LabelReader labels = new LabelReader(NetworkTask.MULTI_LABEL, 2, null, 2);

    assertThat(labels.read(Vectors.sparse(2, new int[] {1}, new double[] {1})))
        .containsExactly(0, 1);
    assertThatThrownBy(() -> labels.read(Vectors.dense(1, 0, 1)))
        .hasMessage("expected a label of 2 values, found 3");
    assertThatThrownBy(() -> labels.read(Vectors.dense(1, 0.5)))
        .hasMessage("expected 0 or 1 for each of several labels, found 0.5 for label 1");
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
