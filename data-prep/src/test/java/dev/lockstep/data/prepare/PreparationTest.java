package dev.lockstep.data.prepare;

import static dev.lockstep.data.prepare.Prepared.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.DataSummary;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.prepare.Preparation.Outcome;
import dev.lockstep.data.prepare.Split.Stratification;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class PreparationTest {
  private static final DataSource PICTURES = Prepared.pictures(50, 3);
  private static final DataSource ROWS = Prepared.rows(40, 4);

  @TempDir private Path folder;

  private DataSource open(String part) {
    return DataSources.open(
        SparkExtension.context(), DataLocation.of(folder.resolve(part).toString()));
  }

  private static String hash(DataSource source) {
    JavaSparkContext spark = SparkExtension.context();
    return DataSummary.of(source.schema(), source.load(spark, 3)).hash();
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET, 1, false",
    "PARQUET, 5, true",
    "IDX, 1, true",
    "IDX, 4, false",
    "IMAGES, 2, true"
  })
  void pictures_in_every_format_are_the_same_examples_with_their_classes_names(
      PreparedFormat format, int shards, boolean shuffled) {
    Prepared how = PLAIN.as(format).shards(shards);

    PreparedManifest manifest =
        (shuffled ? how.shuffled(7) : how).run(PICTURES, folder.resolve("out"));

    DataSource read = open("out");
    assertThat(read.schema()).isEqualTo(PICTURES.schema());
    assertThat(read.count()).isEqualTo(50);
    assertThat(hash(read)).isEqualTo(hash(PICTURES)).isEqualTo(manifest.parts().get(0).hash());
    assertThat(hash(open("out/all"))).isEqualTo(hash(PICTURES));
  }

  @ParameterizedTest
  @EnumSource(
      value = PreparedFormat.class,
      names = {"PARQUET", "IDX"})
  void rows_are_the_same_examples_too(PreparedFormat format) {
    PreparedManifest manifest = PLAIN.as(format).shuffled(2).run(ROWS, folder.resolve("out"));

    assertThat(open("out").schema()).isEqualTo(ROWS.schema());
    assertThat(hash(open("out"))).isEqualTo(hash(ROWS));
    assertThat(manifest.parts().get(0).features()).hasSize(4);
    assertThat(manifest.parts().get(0).targets().get(1))
        .isEqualTo(new PreparedManifest.Range(-39, 0, -19.5, Math.sqrt((40 * 40 - 1) / 12.0)));
  }

  @Test
  void parquet_keeps_ids_and_the_order_of_what_is_not_shuffled(JavaSparkContext spark) {
    PLAIN.run(PICTURES, folder.resolve("out"));

    List<Example> expected = PICTURES.load(spark, 2).collect();
    for (int partitions : new int[] {1, 2, 7}) {
      List<Example> read = open("out").load(spark, partitions).collect();
      assertThat(read).extracting(Example::id).isEqualTo(ids(expected));
    }
  }

  private static List<Long> ids(List<Example> examples) {
    return examples.stream().map(Example::id).toList();
  }

  @Test
  void partitions_differ_in_size_by_at_most_one(JavaSparkContext spark) {
    PLAIN.shards(3).run(PICTURES, folder.resolve("out"));

    List<Integer> sizes = new ArrayList<>();
    open("out").load(spark, 7).glom().collect().forEach(part -> sizes.add(part.size()));

    assertThat(sizes).hasSize(7).allMatch(size -> size == 7 || size == 8);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
  }

  @ParameterizedTest
  @EnumSource(PreparedFormat.class)
  void the_same_seed_gives_the_same_files_and_another_seed_others(PreparedFormat format) {
    Prepared how = PLAIN.as(format).split(Split.parse("0.5/0.5", Stratification.NONE));

    how.shuffled(1).run(PICTURES, folder.resolve("a"));
    how.shuffled(1).run(PICTURES, folder.resolve("b"));
    how.shuffled(2).run(PICTURES, folder.resolve("c"));

    assertThat(Prepared.files(folder.resolve("a"))).isEqualTo(Prepared.files(folder.resolve("b")));
    assertThat(Prepared.files(folder.resolve("a")))
        .isNotEqualTo(Prepared.files(folder.resolve("c")));
  }

  @ParameterizedTest
  @CsvSource({"NONE, 1", "CLASSES, 1", "CLASSES, 4"})
  void a_split_loses_and_doubles_nothing_and_keeps_its_shares(
      Stratification stratification, int shards, JavaSparkContext spark) {
    Split split = Split.parse("0.6/0.2/0.2", stratification);

    PreparedManifest manifest =
        PLAIN.shards(shards).split(split).run(PICTURES, folder.resolve("out"));

    Set<Long> ids = new HashSet<>();
    for (PreparedManifest.Part part : manifest.parts()) {
      List<Long> ofPart = ids(open("out/" + part.name()).load(spark, 2).collect());
      assertThat(ofPart).hasSize((int) part.examples());
      ids.addAll(ofPart);
    }
    assertThat(ids).hasSize(50);
    if (stratification == Stratification.NONE) {
      assertThat(manifest.parts())
          .extracting(PreparedManifest.Part::examples)
          .containsExactly(30L, 10L, 10L);
    } else {
      long[] all = new long[3];
      PICTURES.load(spark, 1).collect().forEach(e -> all[(int) e.target()[0]]++);
      for (int part = 0; part < 3; part++) {
        for (int c = 0; c < 3; c++) {
          assertThat((double) manifest.parts().get(part).classCounts().get(c))
              .isBetween(
                  split.shares().get(part) * all[c] - 1, split.shares().get(part) * all[c] + 1);
        }
      }
    }
  }

  @Test
  void which_part_an_example_goes_to_does_not_depend_on_shards() {
    Split split = Split.parse("0.7/0.3", Stratification.CLASSES);

    PreparedManifest one = PLAIN.shards(1).split(split).run(PICTURES, folder.resolve("one"));
    PreparedManifest many = PLAIN.shards(6).split(split).run(PICTURES, folder.resolve("many"));

    assertThat(many.parts().stream().map(PreparedManifest.Part::hash))
        .isEqualTo(one.parts().stream().map(PreparedManifest.Part::hash).toList());
  }

  @Test
  void a_folder_is_another_source_when_a_file_in_it_has_another_name() throws IOException {
    Path source = Files.createDirectories(folder.resolve("pictures/cat"));
    Files.writeString(source.resolve("1.png"), "content");
    Files.createSymbolicLink(source.resolve("loop"), folder.resolve("pictures"));
    List<Path> sources = List.of(folder.resolve("pictures"));
    Path out = folder.resolve("out");
    PreparedManifest first = PLAIN.run(PICTURES, sources, out).manifest();
    assertThat(first.sources().get(0).files()).isEqualTo(1);

    Files.move(source, folder.resolve("pictures/dog"));

    assertError(
        () -> PLAIN.run(PICTURES, sources, out),
        "%s: was prepared from other data than "
            + sources.get(0)
            + " now is: give another folder, or remove this one",
        out);
  }

  @Test
  void what_is_there_already_is_not_made_again() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "content");
    Path out = folder.resolve("out");
    List<Path> sources = List.of(source);
    assertThat(PLAIN.run(PICTURES, sources, out).outcome()).isEqualTo(Outcome.WRITTEN);
    Map<String, String> files = Prepared.files(out);

    assertThat(PLAIN.run(PICTURES, sources, out).outcome()).isEqualTo(Outcome.FOUND);
    Files.setLastModifiedTime(source, FileTime.fromMillis(1));
    assertThat(PLAIN.run(PICTURES, sources, out).outcome()).isEqualTo(Outcome.FOUND);

    assertError(
        () -> PLAIN.shards(3).run(PICTURES, sources, out),
        "%s: was prepared with shards 2, not 3: give another folder, or remove this one",
        out);
    assertError(
        () -> PLAIN.shuffled(9).run(PICTURES, sources, out),
        "%s: was prepared with shuffle no, not seed 9: give another folder, or remove this one",
        out);
    Files.writeString(source, "CONTENT");
    assertError(
        () -> PLAIN.run(PICTURES, sources, out),
        "%s: was prepared from other data than "
            + source
            + " now is: give another folder, or"
            + " remove this one",
        out);
    assertThat(Prepared.files(out)).isEqualTo(files);
  }

  @Test
  void files_that_are_missing_or_cut_off_are_noticed_before_anything_is_read() throws IOException {
    Path out = folder.resolve("out");
    PLAIN.run(PICTURES, out);
    Path part = out.resolve("all/part-00001.parquet");
    byte[] content = Files.readAllBytes(part);

    Files.write(part, Arrays.copyOf(content, content.length - 1));
    assertError(
        () -> open("out"),
        "%s: expected %d bytes, as manifest.json says, found %d: prepare the data again",
        part,
        content.length,
        content.length - 1);
    Files.delete(part);
    assertError(
        () -> open("out/all"),
        "%s: expected this file, as manifest.json says, found none: prepare the data again",
        part);
  }

  @Test
  void a_job_that_fails_leaves_nothing() throws IOException {
    DataSource broken =
        new DataSource() {
          @Override
          public Schema schema() {
            return PICTURES.schema();
          }

          @Override
          public long count() {
            return PICTURES.count();
          }

          @Override
          public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
            return PICTURES
                .load(spark, partitions)
                .map(
                    example -> {
                      if (example.id() == 49) {
                        throw new DataError("source: damaged");
                      }
                      return example;
                    });
          }
        };

    for (PreparedFormat format : PreparedFormat.values()) {
      assertThatThrownBy(() -> PLAIN.as(format).run(broken, folder.resolve("out")))
          .hasRootCauseMessage("source: damaged");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void a_source_that_gives_fewer_than_it_says_is_a_bug() {
    DataSource fewer =
        new DataSource() {
          @Override
          public Schema schema() {
            return PICTURES.schema();
          }

          @Override
          public long count() {
            return 51;
          }

          @Override
          public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
            return PICTURES.load(spark, partitions);
          }
        };

    assertThatThrownBy(() -> PLAIN.run(fewer, folder.resolve("out")))
        .hasMessage("of 51 examples 50 were written and 0 rejected");
  }

  @Test
  void what_a_killed_process_has_left_is_removed_and_what_a_living_one_writes_is_not()
      throws IOException {
    String prefix = ".out.preparing-" + InetAddress.getLocalHost().getHostName() + "-";
    long living = ProcessHandle.current().parent().orElseThrow().pid();
    Files.createDirectories(folder.resolve(prefix + 999_999_999_999L + "/all"));
    Files.createDirectories(folder.resolve(prefix + living));

    PLAIN.run(PICTURES, folder.resolve("out"));

    assertThat(names()).containsExactlyInAnyOrder("out", prefix + living);
  }

  @Test
  void a_folder_with_anything_else_is_left_alone() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("thesis.txt"), "all of it");

    assertError(
        () -> PLAIN.run(PICTURES, out),
        "%s: is there already, and is no prepared data set: give another folder",
        out);
    assertThat(names()).containsExactly("out");
    assertThat(out.resolve("thesis.txt")).hasContent("all of it");
  }

  @Test
  void what_a_format_cannot_hold_is_told_before_anything_is_written() throws IOException {
    assertError(
        () -> PLAIN.as(PreparedFormat.IMAGES).run(ROWS, folder.resolve("out")),
        "pictures are bytes [height, width] or [3, height, width] of a class, not FLOAT32 [4] with 0 classes: choose"
            + " another format");
    assertError(
        () ->
            PLAIN
                .split(Split.parse("0.5/0.5", Stratification.CLASSES))
                .run(ROWS, folder.resolve("out")),
        "only classes can be stratified, and the data has numbers as targets");
    assertError(
        () ->
            PLAIN
                .split(Split.parse("0.99/0.01", Stratification.NONE))
                .run(PICTURES, folder.resolve("out")),
        "there are too few examples: none for part test");
    assertThat(names()).isEmpty();
  }

  @Test
  void a_data_set_in_parts_is_opened_by_its_parts() {
    Path out = folder.resolve("out");
    PLAIN.split(Split.parse("0.5/0.5", Stratification.NONE)).run(PICTURES, out);

    assertError(
        () -> open("out"),
        "%s: is prepared in parts: name one of %s, %s",
        out,
        out.resolve("train"),
        out.resolve("test"));
    PreparedDataset data =
        PreparedDataset.find(out.toString(), SparkExtension.context().hadoopConfiguration())
            .orElseThrow();
    assertThat(data.asParts(SparkExtension.context()).train().count()).isEqualTo(25);
    assertThat(data.asParts(SparkExtension.context()).validation()).isEmpty();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static void assertError(ThrowingCallable call, String message, Object... arguments) {
    assertThatThrownBy(call).isInstanceOf(DataError.class).hasMessage(message, arguments);
  }
}
