package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Faults;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Reject;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PictureSourceTest {
  @TempDir private Path folder;

  /** Two by three pixels, of which the first has a level. */
  private void draw(String name, int level) throws IOException {
    draw(name, level, 2, 3);
  }

  private void draw(String name, int level, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, level);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private DataLocation location() {
    return DataLocation.of(folder.toString());
  }

  private static DataSource open(DataLocation location) {
    return DataSources.open(SparkExtension.context(), location);
  }

  private static List<Example> read(DataLocation location) {
    return open(location).load(SparkExtension.context(), 2).collect().stream()
        .sorted(Comparator.comparing(Example::id))
        .toList();
  }

  private static List<Integer> levels(List<Example> examples) {
    return examples.stream()
        .map(example -> ((Values.Bytes) example.features()).values()[0] & 0xff)
        .toList();
  }

  private static List<Integer> labels(List<Example> examples) {
    return examples.stream().map(example -> (int) example.target()[0]).toList();
  }

  @Test
  void folders_are_classes_with_numbers_as_numbers() throws IOException {
    draw("10/a.png", 1);
    draw("9/a.png", 2);
    draw("9/deep/b.png", 200);
    draw("cat/a.png", 4);

    assertThat(open(location()).schema())
        .isEqualTo(
            Schema.classification(List.of(3, 2), FeatureType.UINT8, List.of("9", "10", "cat")));
    assertThat(open(location()).paths())
        .containsExactly(folder.toUri().toString().replaceFirst("///", "/").replaceFirst("/$", ""));
    List<Example> examples = read(location());
    assertThat(levels(examples)).containsExactly(1, 2, 200, 4);
    assertThat(labels(examples)).containsExactly(1, 0, 0, 2);
  }

  @Test
  void a_model_tells_the_numbers_of_classes() throws IOException {
    draw("dog/a.png", 1);

    DataLocation known = location().withClassNames(List.of("cat", "dog"));
    assertThat(labels(read(known))).containsExactly(1);
    assertThatThrownBy(() -> open(location().withClassNames(List.of("cat", "cow"))))
        .isInstanceOf(DataError.class)
        .hasMessage("%s/dog: expected a class (cat, cow), found 'dog'", folder);
  }

  @Test
  void pictures_of_one_class_are_dealt_to_all_partitions(JavaSparkContext spark)
      throws IOException {
    for (int i = 0; i < 4; i++) {
      draw("a/%d.png".formatted(i), i);
      draw("b/%d.png".formatted(i), i);
    }

    assertThat(open(location()).load(spark, 2).glom().collect())
        .extracting(PictureSourceTest::labels)
        .containsExactly(List.of(0, 0, 1, 1), List.of(0, 0, 1, 1));
  }

  @Test
  void what_cannot_be_read_is_left_out_counted_and_told(JavaSparkContext spark) throws IOException {
    draw("a/1.png", 1);
    draw("a/2.png", 2, 5, 5);
    draw("a/3.png", 3);
    IdxFiles.write(folder.resolve("a/text.png"), "hello".getBytes(StandardCharsets.UTF_8));
    IdxFiles.write(folder.resolve("a/notes.txt"), "hello".getBytes(StandardCharsets.UTF_8));
    IdxFiles.write(folder.resolve("a/.hidden"), new byte[0]);
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    Files.createSymbolicLink(folder.resolve("a/self.png"), folder.resolve("a/self.png"));

    DataSource source = open(location());

    assertThat(source.count()).isEqualTo(7);
    assertThat(levels(source.load(spark, 3).collect())).containsExactlyInAnyOrder(1, 3);
    assertThat(source.rejects(spark).collect())
        .containsExactlyInAnyOrder(
            reject("a/loop", "is a link to a folder, which is not followed"),
            reject("a/notes.txt", "is not named as a picture"),
            reject("a/self.png", "cannot be found: a broken link, or a name that is not UTF-8"),
            reject("a/2.png", "has 5 x 5 pixels, the network takes 2 x 3: choose another --fit"),
            reject("a/text.png", "is not a picture of a known format"));
  }

  private Reject reject(String name, String reason) {
    return new Reject(folder.resolve(name).toString(), reason);
  }

  @Test
  void strict_reading_fails_at_the_first(JavaSparkContext spark) throws IOException {
    draw("a/1.png", 1);
    IdxFiles.write(folder.resolve("a/2.png"), new byte[0]);
    DataLocation strict = location().withFaults(Faults.STRICT);

    assertThatThrownBy(() -> open(strict).load(spark, 1).collect())
        .rootCause()
        .isInstanceOf(DataError.class)
        .hasMessage("%s/a/2.png: is empty", folder);
    Files.delete(folder.resolve("a/2.png"));
    IdxFiles.write(folder.resolve("a/readme"), new byte[1]);
    assertThatThrownBy(() -> open(strict))
        .isInstanceOf(DataError.class)
        .hasMessage("%s/a/readme: is not named as a picture", folder);
  }

  @Test
  void pictures_of_another_size_are_fitted_if_so_wanted() throws IOException {
    draw("a/1.png", 100, 4, 6);
    ImagePreprocessing half = new ImagePreprocessing(2, 3, ImageFit.STRETCH, Inversion.NO);

    DataSource source = open(location().withPictures(half));

    assertThat(source.schema().featureShape()).containsExactly(3, 2);
    assertThat(source.preprocessing()).contains(half);
    assertThat(levels(read(location().withPictures(half)))).containsExactly(25);
  }

  @Test
  void a_table_labels_the_pictures_of_a_flat_folder(JavaSparkContext spark) throws IOException {
    draw("b.png", 1);
    draw("a.png", 2);
    draw("c.png", 3);
    DataLocation labelled = labelled("file,species\nb.png,dog\na.png,cat\nmissing.png,cat\n");

    List<Example> examples = read(labelled);

    assertThat(open(labelled).schema().classNames()).containsExactly("cat", "dog");
    assertThat(levels(examples)).containsExactly(2, 1);
    assertThat(labels(examples)).containsExactly(0, 1);
    assertThat(open(labelled).count()).isEqualTo(4);
    assertThat(open(labelled).paths())
        .containsExactly(folder.toString(), folder.resolve("labels.csv").toString());
    assertThat(open(labelled).rejects(spark).collect())
        .containsExactlyInAnyOrder(
            reject("c.png", "has no label in " + folder.resolve("labels.csv")),
            reject("missing.png", "is labelled, but no such file"));
  }

  @Test
  void a_table_gives_numbers_to_predict() throws IOException {
    draw("a.png", 2);
    DataLocation labelled = labelled("a.png,0.5,-2\n").withTask(Task.REGRESSION);

    assertThat(open(labelled).schema())
        .isEqualTo(Schema.regression(List.of(3, 2), FeatureType.UINT8, 2));
    assertThat(read(labelled).get(0).target()).containsExactly(0.5f, -2f);
  }

  private DataLocation labelled(String table) {
    Path labels =
        IdxFiles.write(folder.resolve("labels.csv"), table.getBytes(StandardCharsets.UTF_8));
    return location().withLabels(labels.toString());
  }
}
