package dev.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each worker gets examples of all classes, however the files are sorted. */
@ExtendWith(SparkExtension.class)
class SortedIdxTest {
  private static final int EXAMPLES = 120;

  @TempDir private Path folder;

  private List<List<Example>> dealt(JavaSparkContext spark, IntUnaryOperator label, int workers) {
    byte[] labels = new byte[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = (byte) label.applyAsInt(i);
    }
    Path images = folder.resolve("train-images-idx3-ubyte");
    IdxFiles.write(images, IdxFiles.bytes(new byte[EXAMPLES * 4], EXAMPLES, 2, 2));
    IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.bytes(labels, EXAMPLES));
    return DataSources.open(spark, DataLocation.of(images.toString()))
        .load(spark, workers)
        .glom()
        .collect();
  }

  @ParameterizedTest(name = "{0} classes, {1} workers")
  @CsvSource({"2, 2", "10, 2", "3, 5"})
  void sorted_by_class_they_are_dealt_in_turn(int classes, int workers, JavaSparkContext spark) {
    List<List<Example>> parts = dealt(spark, i -> i * classes / EXAMPLES, workers);

    assertThat(parts).hasSize(workers);
    for (int worker = 0; worker < workers; worker++) {
      int first = worker;
      assertThat(parts.get(worker))
          .extracting(Example::id)
          .containsExactlyElementsOf(
              IntStream.iterate(first, i -> i < EXAMPLES, i -> i + workers)
                  .mapToObj(i -> (long) i)
                  .toList());
      assertThat(parts.get(worker).stream().map(example -> example.target()[0]).distinct())
          .as("classes of worker %d", worker)
          .hasSize(classes);
    }
  }

  @ParameterizedTest
  @CsvSource({"2", "3"})
  void in_any_other_order_parts_follow_each_other(int workers, JavaSparkContext spark) {
    assertThat(dealt(spark, i -> i * 7 % 10, workers).get(0))
        .extracting(Example::id)
        .containsExactlyElementsOf(
            IntStream.range(0, EXAMPLES / workers).mapToObj(i -> (long) i).toList());
  }
}
