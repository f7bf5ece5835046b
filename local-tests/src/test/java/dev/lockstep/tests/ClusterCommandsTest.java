package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.ModelFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
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
@Needs(PublishedData.MNIST)
@Tag("cluster")
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(300)
class ClusterCommandsTest {
  private static final String TRAIN =
      "train mnist --steps 400 --optimizer adam --workers 2 --no-plots --no-report"
          + " --display-every 100 --validate-every 200 --checkpoint-every 200";
  private static final Pattern SPEED = Pattern.compile("\"examplesPerSecond\":[^,]+,");

  @TempDir private static Path shared;
  private static MiniCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new MiniCluster(shared.resolve("cluster"), 2, Map.of());
    System.setProperty("spark.master", "local[2]");
    here(TRAIN, "--model-dir", "here");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void every_command_gives_through_spark_submit_what_it_gives_on_local_2() throws IOException {
    assertThat(submit(TRAIN, "--model-dir", "there")).contains("saved " + shared.resolve("there"));
    assertThat(submit("evaluate", "--model", "there"))
        .contains("accuracy 0.")
        .isEqualTo(here("evaluate", "--model", "here"));
    String predict = "predict --images " + drawPictures();
    assertThat(submit(predict, "--model", "there"))
        .contains("20 predicted")
        .isEqualTo(here(predict, "--model", "here"));
    String prepare = "prepare --from mnist --shuffle --shards 4 --seed 3";
    here(prepare, "--to", "prepared-here");
    assertThat(submit(prepare, "--to", "prepared")).contains("in " + shared.resolve("prepared"));

    expectTrainedAsHere("there");
    assertThat(Folder.hashes(shared.resolve("prepared")))
        .containsKey("train/part-00003.parquet")
        .isEqualTo(Folder.hashes(shared.resolve("prepared-here")));
  }

  @Test
  void the_launcher_trains_on_the_cluster_without_a_line_of_sparks() throws IOException {
    Output launched = Output.of(cluster.launch(words(TRAIN, "--model-dir", "launched")));

    assertThat(launched.err()).isEmpty();
    assertThat(launched.out()).contains("saved " + shared.resolve("launched"));
    expectTrainedAsHere("launched");
  }

  @Test
  void pictures_can_be_named_by_a_pattern_on_the_cluster_too() throws IOException {
    String pattern = drawPictures() + "/1*.png";

    assertThat(submit("predict --images " + pattern, "--model", "here"))
        .contains("10 predicted")
        .isEqualTo(here("predict --images " + pattern, "--model", "here"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_folder_that_each_process_has_of_its_own_is_refused_before_anything_is_read() {
    Output prepared =
        cluster.submit(
            new SparkConf(), "prepare", "--from", "mnist", "--to", "/proc/self/cwd/prepared");

    assertThat(prepared.exitCode()).isEqualTo(3);
    assertThat(prepared.err())
        .containsPattern(
            "lockstep: --to on executor \\d \\(.+\\): /proc/self/cwd is not the driver's folder"
                + " of that name: name a place that all executors see: hdfs:, s3a:, or a mount under"
                + " the same path");
  }

  @Test
  void how_long_a_round_takes_between_two_executors_can_be_measured() {
    Output timed =
        cluster.submit(
            new SparkConf(), "bench", "allreduce", "--floats", "7850", "--rounds", "200");

    assertThat(timed.exitCode()).as(timed.text()).isZero();
    assertThat(timed.out()).containsPattern("7,850 +2 +2 +\\d+\\.\\d{4} ms");
  }

  private static void expectTrainedAsHere(String model) throws IOException {
    assertThat(checkpoints(model))
        .containsKeys("step-000000200.zip", "step-000000400.zip", "history.jsonl")
        .isEqualTo(checkpoints("here"));
    assertThat(state(model)).isEqualTo(state("here"));
  }

  private static String submit(String arguments, String option, String folder) {
    Output run =
        cluster.submit(new SparkConf(), words(arguments, option, folder).toArray(String[]::new));
    assertThat(run.exitCode()).as(run.text()).isZero();
    return CommandLine.withoutProgress(run.out());
  }

  private static String here(String arguments, String option, String folder) {
    CommandLine run = CommandLine.run(words(arguments, option, folder).toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static List<String> words(String arguments, String option, String folder) {
    return Stream.concat(
            Stream.of(arguments.split(" ")), Stream.of(option, shared.resolve(folder).toString()))
        .toList();
  }

  /** Files by name: hashes of their bytes, and the history without what depends on the clock. */
  private static Map<String, String> checkpoints(String model) throws IOException {
    Path folder = shared.resolve(model).resolve("checkpoints");
    Map<String, String> files = Folder.hashes(folder);
    String history = Files.readString(folder.resolve("history.jsonl"));
    assertThat(history).containsPattern(SPEED).contains("\"loss\"", "\"checkpoint\"");
    files.put("history.jsonl", SPEED.matcher(history).replaceAll(""));
    return files;
  }

  private static ModelState state(String model) {
    return ModelFile.read(shared.resolve(model).resolve("model.zip")).state();
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
