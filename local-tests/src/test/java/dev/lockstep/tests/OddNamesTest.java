package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that reads or writes, with names that paths, URIs and globs give a meaning to. */
class OddNamesTest {
  private final Path folder = Path.of("target", "odd-" + UUID.randomUUID());

  @BeforeEach
  void make() throws IOException {
    System.setProperty("spark.master", "local[2]");
    Files.createDirectories(folder);
  }

  @AfterEach
  void remove() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "./dotted",
        "/absolute",
        "with space",
        "co:lon",
        "per%20cent",
        "ha#sh",
        "[brackets]",
        "{braces}",
        "st*r",
        "žlutý kůň",
        "new\nline"
      })
  void go_through_every_command(String name) throws IOException {
    Path at = folder.resolve(name.replaceFirst("^[./]+", ""));
    String given = name.startsWith("./") ? "./" + at : at.toString();
    given = name.startsWith("/") ? at.toAbsolutePath().toString() : given;
    Files.createDirectories(at);
    for (int i = 0; i < 20; i++) {
      BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      picture.getRaster().setSample(5 + i % 10, 14, 0, 255);
      Path file = at.resolve("pictures/%d/%d.png".formatted(i % 10, i));
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, "png", file.toFile());
    }
    String data = given + "/pictures";
    String model = given + "/model";
    runs("train custom --network softmax --epochs 1 --no-plots --data", data, "--model-dir", model);
    runs("evaluate --model", model, "--data", data);
    runs("show --model", model);
    runs("prepare --to", given + "/prepared", "--from", data);
    runs("inspect", given + "/prepared", "--plot=" + given + "/examples");
    runs(
        "predict --labels-from-folders --model",
        model,
        "--images",
        data,
        "--out",
        given + "/out",
        "--report",
        given + "/report.html");
    runs("compare linear --optimizers sgd --seeds 1 --steps 20 --out", given + "/compared");
    assertThat(at.resolve("compared/losses.png")).exists();
    assertThat(at.resolve("model/model.zip")).exists();
    assertThat(at.resolve("prepared/manifest.json")).exists();
    assertThat(at.resolve("examples/examples.png")).exists();
    assertThat(at.resolve("report.html")).exists();
    assertThat(at.resolve("out")).isNotEmptyDirectory();
  }

  /** These take longer: all names in one. */
  @Test
  @Tag("slow")
  @Needs(PublishedData.MNIST)
  void go_through_what_fetches_and_times() throws IOException {
    Path at = folder.resolve("with space/co:lon %20 ha#sh [b] {c} st*r žlutý\nline");
    runs("fetch mnist --to", at + "/data");
    runs(
        "bench --networks softmax --against lockstep --quick --rounds 1 --epochs 1 --workers 2"
            + " --out",
        at + "/bench");

    assertThat(at.resolve("data")).isNotEmptyDirectory();
    assertThat(at.resolve("bench")).isNotEmptyDirectory();
  }

  /** The first of the texts is of several words. */
  private static void runs(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of(more));
    CommandLine run = CommandLine.run(arguments.toArray(String[]::new));
    assertThat(run.err()).as(arguments.toString()).isEmpty();
    assertThat(run.exitCode()).as(arguments.toString()).isZero();
  }
}
