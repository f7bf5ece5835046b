package dev.lockstep.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class TextSourceTest {
  private static final int STEPS = 4;
  private static final String FIRST = "añ€b\n𝄞abba €ñab";
  private static final String SECOND = "bab ba";

  @TempDir private Path folder;

  private DataSource open(JavaSparkContext spark, TextSequences sequences, long blockLength)
      throws IOException {
    Files.writeString(folder.resolve("1.txt"), "\ufeff" + FIRST);
    Files.writeString(folder.resolve("2.txt"), SECOND);
    DataLocation location = DataLocation.of(folder.toString());
    return TextSource.open(
        spark,
        location,
        DataFiles.list(location.data(), spark.hadoopConfiguration()),
        sequences,
        blockLength);
  }

  /** Sequences as they should be: the name of each character, then that of the next. */
  private static List<String> expected() {
    List<String> all = new ArrayList<>();
    for (String text : List.of(FIRST, SECOND)) {
      int[] characters = text.codePoints().toArray();
      for (int from = 0; from + STEPS < characters.length; from += STEPS) {
        int[] part = Arrays.copyOfRange(characters, from, from + STEPS + 1);
        all.add(new String(part, 0, part.length));
      }
    }
    return all;
  }

  /** The characters of an example, and the last of what follows. */
  private static String characters(Example example, List<String> names, DataSource source) {
    ExampleBlock block = ExampleBlock.of(source.schema(), List.of(example).iterator());
    float[] features = new float[names.size() * STEPS];
    float[] labels = features.clone();
    block.copy(0, 0, features, labels);
    StringBuilder text = new StringBuilder();
    for (int step = 0; step < STEPS; step++) {
      text.append(character(features, step, names));
      if (step > 0) {
        assertThat(character(features, step, names)).isEqualTo(character(labels, step - 1, names));
      }
    }
    return text.append(character(labels, STEPS - 1, names)).toString();
  }

  private static String character(float[] oneHot, int step, List<String> names) {
    List<Integer> hot =
        IntStream.range(0, names.size())
            .filter(i -> oneHot[i * STEPS + step] != 0)
            .boxed()
            .toList();
    assertThat(hot).as("symbols of step %d", step).hasSize(1);
    assertThat(oneHot[hot.get(0) * STEPS + step]).isEqualTo(1f);
    String name = names.get(hot.get(0));
    return name.startsWith("U+")
        ? Character.toString(Integer.parseInt(name.substring(2), 16))
        : name;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 7, 100})
  void sequences_are_the_same_wherever_files_are_split(long blockLength, JavaSparkContext spark)
      throws IOException {
    DataSource source = open(spark, new TextSequences(STEPS, 9), blockLength);
    List<String> names = source.schema().classNames();
    List<Example> examples = source.load(spark, 2).collect();

    assertThat(names)
        .containsExactly("U+000A", "U+0020", "a", "b", "ñ", "€", "𝄞", "unused-7", "unused-8");
    assertThat(source.count()).isEqualTo(expected().size());
    assertThat(examples)
        .extracting(Example::id)
        .as("dealt in turn")
        .containsExactly(0L, 2L, 1L, 3L);
    List<String> found =
        Stream.of(0, 2, 1, 3).map(i -> characters(examples.get(i), names, source)).toList();
    assertThat(found).isEqualTo(expected());
  }

  @Test
  void what_is_rare_is_read_as_one(JavaSparkContext spark) throws IOException {
    DataSource source = open(spark, new TextSequences(STEPS, 4), 5);

    assertThat(source.schema().classNames()).containsExactly("U+0020", "a", "b", "other");
    assertThat(source.schema().labelLength()).isEqualTo(4 * STEPS);
    assertThat(source.notes())
        .containsExactly(
            "%s: 21 characters, 7 different, of which the network tells 3 apart: 6 characters are read as one, other"
                .formatted(folder));
  }

  @Test
  void what_a_model_does_not_know_is_named(JavaSparkContext spark) throws IOException {
    Files.writeString(folder.resolve("x.txt"), "abcé");
    DataLocation location =
        DataLocation.of(folder.toString())
            .withPictures(new TextSequences(2, TextSequences.UNKNOWN))
            .withClassNames(List.of("a", "b", "c"));

    assertThatThrownBy(() -> DataSources.open(spark, location))
        .isInstanceOf(DataError.class)
        .hasMessage(
            "%s: expected the characters of the text that was learnt, found others: é"
                .formatted(folder));
  }

  @Test
  void other_than_utf_8_is_told_with_its_place(JavaSparkContext spark) throws IOException {
    Path file = folder.resolve("latin.txt");
    Files.write(file, "abcdé".getBytes(StandardCharsets.ISO_8859_1));
    DataLocation location = DataLocation.of(file.toString()).withPictures(new TextSequences(2, 5));

    assertThatThrownBy(() -> DataSources.open(spark, location))
        .hasStackTraceContaining(
            "latin.txt: byte 4: expected text in UTF-8, found 0xe9: save it as UTF-8");
  }
}
