package dev.lockstep.data.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that has names for its classes already, for a model that has its own. */
@ExtendWith(SparkExtension.class)
class MatchedClassesTest {
  @TempDir private Path folder;

  private DataSource known(JavaSparkContext spark, String labels, String model) throws IOException {
    String rows = "label,a\n" + labels.replace(" ", ",1\n") + ",1\n";
    Path file = Files.writeString(folder.resolve("t.csv"), rows);
    DataLocation location = DataLocation.of(file.toString()).withTask(Task.CLASSIFICATION);
    return DataSources.asKnown(
        DataSources.open(spark, location),
        List.of("a"),
        List.of(model.split(" ")),
        location.data());
  }

  @ParameterizedTest
  @CsvSource({
    "x y z, x y z, 0 1 2",
    "x y z, z y x, 2 1 0",
    "x z, x y z, 0 2",
    "z y, x y z, 2 1",
    "0 1 2, a b c, 0 1 2",
    "2 1, 0 1 2, 2 1"
  })
  void classes_have_the_model_s_numbers(
      String labels, String model, String numbers, JavaSparkContext spark) throws IOException {
    DataSource source = known(spark, labels, model);
    assertThat(source.schema().classNames()).containsExactly(model.split(" "));
    assertThat(
            source.load(spark, 1).collect().stream()
                .map(example -> "%.0f".formatted(example.target()[0]))
                .collect(Collectors.joining(" ")))
        .isEqualTo(numbers);
  }

  @ParameterizedTest
  @CsvSource({"x y w, x y z", "0 1, a b c", "a b c d, a b c", "1 2 3, 0 1 2", "X y z, x y z"})
  void others_are_an_error(String labels, String model, JavaSparkContext spark) {
    assertThatThrownBy(() -> known(spark, labels, model))
        .isInstanceOf(DataError.class)
        .hasMessageContaining(
            "t.csv: expected the classes that the model knows (%s), found "
                .formatted(model.replace(" ", ", ")));
  }
}
