package dev.lockstep.data.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Locations;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.prepare.Preparation;
import dev.lockstep.data.prepare.Preparation.Input;
import dev.lockstep.data.prepare.PreparationOptions;
import dev.lockstep.data.prepare.PreparationOptions.Order;
import dev.lockstep.data.prepare.PreparedFormat;
import dev.lockstep.data.prepare.PreparedManifest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files whose names have signs that paths, URIs and globs give a meaning to. All lie in a folder
 * below the current one, so that relative names can be tried.
 */
@ExtendWith(SparkExtension.class)
class NamesTest {
  private static final String CSV = "a,label\n1,x\n2,y\n";

  private final Path folder = Path.of("target", "names-" + UUID.randomUUID());

  @BeforeEach
  void make() throws IOException {
    Files.createDirectories(folder);
  }

  @AfterEach
  void remove() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }

  private static DataSource open(JavaSparkContext spark, String name, Optional<String> labels) {
    DataLocation location = DataLocation.of(name);
    return DataSources.open(spark, labels.map(location::withLabels).orElse(location));
  }

  private static void expectTwo(DataSource source, JavaSparkContext spark) {
    assertThat(source.count()).isEqualTo(2);
    assertThat(source.scan(spark).collect()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space ",
        "a:b:c",
        "100% %41",
        "c#?",
        "[x]{a,b}*",
        "übung-日本-😀",
        "line\nbreak",
        "back\\slash'\"",
        "-~option&;="
      })
  void every_format_is_read_whatever_its_name_is(String name, JavaSparkContext spark)
      throws IOException {
    Path place = Files.createDirectory(folder.resolve(name));
    Path csv = Files.writeString(place.resolve(name + ".csv"), CSV);
    expectTwo(open(spark, csv.toString(), Optional.empty()), spark);
    for (String same : List.of("./" + csv, csv.toAbsolutePath().toString())) {
      assertThat(DataFiles.list(same, spark.hadoopConfiguration()).files())
          .isEqualTo(DataFiles.list(csv.toString(), spark.hadoopConfiguration()).files());
    }
    assertThat(DataFiles.list(place.toString(), spark.hadoopConfiguration()).files()).hasSize(1);

    Path images =
        IdxFiles.write(
            folder.resolve(name + "-images-idx3-ubyte"), IdxFiles.bytes(new byte[8], 2, 2, 2));
    Path labels =
        IdxFiles.write(
            folder.resolve(name + "-labels-idx1-ubyte"), IdxFiles.bytes(new byte[] {0, 1}, 2));
    expectTwo(open(spark, images.toString(), Optional.of(labels.toString())), spark);

    Path pictures = Files.createDirectories(folder.resolve("pictures-" + name));
    for (String picture : List.of("1", "2")) {
      Path kind = Files.createDirectory(pictures.resolve(picture + name));
      ImageIO.write(
          new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY),
          "png",
          kind.resolve(name + ".png").toFile());
    }
    expectTwo(open(spark, pictures.toString(), Optional.empty()), spark);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b:c%41#", "[x]{a,b}*?", "übung\nbreak"})
  void what_is_prepared_is_read_whatever_its_name_is(String name, JavaSparkContext spark)
      throws IOException {
    Path csv = Files.writeString(folder.resolve(name + ".csv"), CSV);
    String prepared = folder.resolve("prepared-" + name).toString();
    DataSource source = open(spark, csv.toString(), Optional.empty());
    new Preparation(
            List.of(new Input(PreparedManifest.WHOLE, source)),
            source.paths(),
            new PreparationOptions(
                PreparedFormat.PARQUET, OptionalInt.of(1), Order.AS_STORED, 1, Optional.empty()),
            Map.of())
        .run(spark, prepared);
    expectTwo(open(spark, prepared, Optional.empty()), spark);
    expectTwo(open(spark, prepared + "/" + PreparedManifest.WHOLE, Optional.empty()), spark);
  }

  @Test
  void a_file_of_the_current_folder_needs_no_folder_in_its_name(JavaSparkContext spark)
      throws IOException {
    Path file = Path.of("names-" + UUID.randomUUID() + ".csv");
    try {
      Files.writeString(file, CSV);
      expectTwo(open(spark, file.toString(), Optional.empty()), spark);
      expectTwo(open(spark, file.toString().replace(".csv", ".*"), Optional.empty()), spark);
      expectTwo(open(spark, file.toAbsolutePath().toUri().toString(), Optional.empty()), spark);
    } finally {
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a:b.csv", "x/y:z/%41", "[a]{b}*?", "/abs/a:b", "line\nbreak"})
  void a_path_is_read_again_from_its_text(String name) {
    org.apache.hadoop.fs.Path path = Locations.of(name, new Configuration());
    assertThat(path.isAbsolute()).isTrue();
    assertThat(new org.apache.hadoop.fs.Path(path.toString())).isEqualTo(path);
    assertThat(DataFiles.name(path.toString()))
        .isEqualTo(Path.of(name).toAbsolutePath().toString());
  }
}
