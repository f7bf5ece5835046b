package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of pictures with what systems and people put beside the pictures. */
@ExtendWith(SparkExtension.class)
class FoldersAsTheyComeTest {
  private static final byte[] PNG =
      Pictures.encoded(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), "png");

  @TempDir private Path folder;

  private void pictures(String... names) throws IOException {
    for (String name : names) {
      file(name, PNG);
    }
  }

  private void file(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private DataSource open() {
    return DataSources.open(SparkExtension.context(), DataLocation.of(folder.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".DS_Store",
        "desktop.ini",
        "Desktop.ini",
        "Thumbs.db",
        "ehthumbs.db",
        "cat/.DS_Store",
        "cat/Thumbs.db",
        "cat/._1.png",
        "cat/@eaDir/1.png/SYNOPHOTO_THUMB_M.jpg",
        "@eaDir/1.png",
        "__MACOSX/cat/._1.png",
        ".ipynb_checkpoints/1.png",
        "#recycle/1.png",
        "$RECYCLE.BIN/1.png",
        "System Volume Information/x",
        "lost+found/x"
      })
  void what_systems_leave_is_passed_over_and_told(String leftover) throws IOException {
    pictures("cat/1.png", "cat/2.png", "dog/1.png");
    file(leftover, new byte[] {1});

    DataSource source = open();

    assertThat(source.schema().classNames()).containsExactly("cat", "dog");
    assertThat(source.count()).isEqualTo(3);
    assertThat(source.notes()).hasSize(1);
    assertThat(source.notes().get(0)).startsWith("passed over as no data: ");
  }

  static Stream<Arguments> beside() {
    return Stream.of(
        Arguments.of(List.of("LICENSE.txt")),
        Arguments.of(List.of("README.md")),
        Arguments.of(List.of("labels.csv")),
        Arguments.of(List.of("LICENSE", "README", "classes.json")),
        Arguments.of(List.of("sample.png", "notes.docx")));
  }

  @ParameterizedTest
  @MethodSource("beside")
  void a_folder_is_what_most_of_it_is(List<String> beside) throws IOException {
    pictures("daisy/1.png", "daisy/2.png", "roses/1.png", "roses/2.png", "tulips/1.png");
    for (String name : beside) {
      file(name, "All pictures, 2016\n".getBytes());
    }

    DataSource source = open();

    assertThat(source.schema().classNames()).containsExactly("daisy", "roses", "tulips");
    assertThat(source.notes())
        .containsExactly(
            "passed over as no data: " + String.join(", ", beside.stream().sorted().toList()));
  }

  @Test
  void tables_beside_a_picture_of_them_are_tables() throws IOException {
    file("a.csv", "x,label\n1,0\n2,1\n".getBytes());
    file("b.csv", "x,label\n3,0\n4,1\n".getBytes());
    file("plots/curve.png", PNG);

    assertThat(open().count()).isEqualTo(4);
  }

  @Test
  void classes_above_writers_are_the_classes(JavaSparkContext spark) throws IOException {
    pictures("0/writer0/1.png", "0/writer1/1.png", "1/writer0/1.png");

    DataSource source = open();

    assertThat(source.schema().classNames()).containsExactly("0", "1");
    assertThat(source.load(spark, 1).map(example -> example.target()[0]).collect())
        .containsExactly(0f, 0f, 1f);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"train,test", "Train,Test", "training,testing", "train,val,test", "train"})
  void parts_above_classes_are_no_classes(String names) throws IOException {
    for (String part : names.split(",")) {
      pictures(part + "/0/1.png", part + "/1/1.png");
    }

    PictureParts parts = PictureParts.find(folder.toString(), new Configuration()).orElseThrow();

    assertThat(parts.folders().keySet()).startsWith("train");
    assertThat(parts.folders()).hasSize(names.split(",").length);
    assertThat(parts.note()).contains("--data " + parts.folders().get("train"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DataError.class)
        .hasMessageContaining("is a part of the data, not a class: name one of ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train,test", "train,plane,bus", "test,exam"})
  void classes_that_are_called_like_parts_stay_classes(String names) throws IOException {
    for (String name : names.split(",")) {
      pictures(name + "/1.png");
    }

    assertThat(open().schema().classNames()).containsExactlyInAnyOrder(names.split(","));
  }
}
