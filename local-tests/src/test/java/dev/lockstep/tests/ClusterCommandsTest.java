package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.ModelFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each command gives on a cluster of two workers what it gives on {@code local[2]}. */
@Tag("cluster")
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(300)
class ClusterCommandsTest {
  @TempDir private static Path shared;
  private static MiniCluster cluster;

  private final String there = shared.resolve("there").toString();
  private final String here = shared.resolve("here").toString();

  @BeforeAll
  static void start() {
    cluster = new MiniCluster(shared.resolve("cluster"), 2, Map.of());
    System.setProperty("spark.master", "local[2]");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void training_through_spark_submit_writes_the_same_bytes() {
    expectSameTraining("train nonlinear --steps 400 --workers 2 --no-plots --checkpoint-every 200");
  }

  @Test
  void mnist_is_trained_evaluated_and_predicted_alike() throws IOException {
    expectSameTraining(
        "train mnist --steps 400 --optimizer adam --workers 2 --no-plots --checkpoint-every 200");

    CommandLine evaluatedHere = CommandLine.run("evaluate", "--model", here);
    Output evaluatedThere = cluster.submit(new SparkConf(), "evaluate", "--model", there);
    Path pictures = drawPictures();
    CommandLine predictedHere =
        CommandLine.run("predict", "--model", here, "--images", pictures.toString());
    Output predictedThere =
        cluster.submit(
            new SparkConf(), "predict", "--model", there, "--images", pictures.toString());

    assertThat(evaluatedHere.out()).contains("accuracy 0.");
    assertThat(evaluatedThere.out()).isEqualTo(evaluatedHere.out());
    assertThat(predictedHere.out()).contains("20 predicted");
    assertThat(predictedThere.out()).isEqualTo(predictedHere.out());
  }

  @Test
  void the_launcher_trains_on_the_cluster_without_a_line_of_sparks() {
    CommandLine.run("train", "linear", "--workers", "2", "--no-plots", "--model-dir", here);
    Output launched =
        Output.of(
            Map.of("SPARK_HOME", cluster.sparkHome().toString()),
            List.of(
                Product.LAUNCHER.toString(),
                "--master",
                cluster.master(),
                "train",
                "linear",
                "--workers",
                "2",
                "--no-plots",
                "--model-dir",
                there));

    assertThat(launched.err()).isEmpty();
    assertThat(launched.out()).contains("saved " + there);
    assertThat(checkpoints(there)).isEqualTo(checkpoints(here));
  }

  private void expectSameTraining(String arguments) {
    CommandLine trainedHere = CommandLine.run((arguments + " --model-dir " + here).split(" "));
    Output trainedThere =
        cluster.submit(new SparkConf(), (arguments + " --model-dir " + there).split(" "));

    assertThat(trainedHere.err()).isEmpty();
    assertThat(trainedThere.exitCode()).as(trainedThere.err()).isZero();
    assertThat(checkpoints(there))
        .containsKeys("step-000000200.zip", "step-000000400.zip")
        .isEqualTo(checkpoints(here));
    assertThat(ModelFile.read(Path.of(there, "model.zip")).state())
        .isEqualTo(ModelFile.read(Path.of(here, "model.zip")).state());
  }

  /** A hash of each checkpoint's bytes, by name of file. */
  private static Map<String, String> checkpoints(String modelDir) {
    try (Stream<Path> files = Files.list(Path.of(modelDir, "checkpoints"))) {
      return files.collect(
          Collectors.toMap(file -> file.getFileName().toString(), ClusterCommandsTest::sha256));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(Path file) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path drawPictures() throws IOException {
    Path pictures = Files.createDirectories(shared.resolve("pictures"));
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      for (int at = 0; at < 28 * 28; at++) {
        picture.getRaster().setSample(at % 28, at / 28, 0, random.nextInt(256));
      }
      ImageIO.write(picture, "png", pictures.resolve("%02d.png".formatted(i)).toFile());
    }
    return pictures;
  }
}
