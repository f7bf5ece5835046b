package dev.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of MNIST-like data sets of any size is kept for validation. */
@ExtendWith(SparkExtension.class)
class MnistPartsTest {
  @TempDir private Path folder;

  /** Training images of a pixel, whose labels count from 0 to 9 and again. */
  private Mnist mnist(int count) {
    write("train", count);
    write("t10k", 3);
    return new Mnist(folder);
  }

  private void write(String part, int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    IdxFiles.write(
        folder.resolve(part + "-images-idx3-ubyte"), IdxFiles.bytes(new byte[count], count, 1, 1));
    IdxFiles.write(folder.resolve(part + "-labels-idx1-ubyte"), IdxFiles.bytes(labels, count));
  }

  @ParameterizedTest
  @CsvSource({
    "11, 0",
    "12, 1",
    "23, 1",
    "24, 2",
    "600, 50",
    "59999, 4999",
    "60000, 5000",
    "240000, 5000"
  })
  void a_twelfth_is_for_validation_and_5000_of_60000_or_more(int count, int validation) {
    Mnist mnist = mnist(count);

    assertThat(mnist.validation().count()).as("validation").isEqualTo(validation);
    assertThat(mnist.train().count()).as("training").isEqualTo(count - validation);
    assertThat(mnist.test().count()).as("test").isEqualTo(3);
  }

  @Test
  void validation_is_what_comes_first(JavaSparkContext spark) {
    Mnist mnist = mnist(36);

    assertThat(labels(mnist.validation(), spark)).containsExactly(0, 1, 2);
    assertThat(labels(mnist.train(), spark)).startsWith(3, 4, 5).hasSize(33);
  }

  private static List<Integer> labels(IdxSource source, JavaSparkContext spark) {
    return source.load(spark, 1).map(example -> (int) example.target()[0]).collect();
  }
}
