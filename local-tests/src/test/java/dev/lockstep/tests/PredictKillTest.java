package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.strategy.Shards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kills {@code lockstep predict} half way. */
@Needs(PublishedData.MNIST)
@Tag("slow")
@Tag("alone")
@DisabledOnOs(OS.WINDOWS)
class PredictKillTest {
  private static final String LAUNCHER = Path.of("..", "lockstep").toAbsolutePath().toString();
  private static final int PICTURES = 4000;

  @TempDir private Path folder;

  @Test
  void a_run_killed_half_way_and_started_again_leaves_each_picture_once_and_in_order()
      throws Exception {
    String model = folder.resolve("model").toString();
    System.setProperty("spark.master", "local[2]");
    CommandLine.run("train", "mnist", "--steps", "100", "--no-plots", "--model-dir", model);
    Path pictures = folder.resolve("pictures");
    try (Shards test =
        Shards.load(SparkExtension.context(), RealMnist.files().test().range(0, PICTURES), 1)) {
      Digits digits = new Digits(test.blocks().first());
      for (int i = 0; i < PICTURES; i++) {
        digits.write(i, digits.image(i), pictures, "png");
      }
    }
    SparkExtension.stop();
    Path out = folder.resolve("out");
    long seed = System.nanoTime();

    Process run = start(model, pictures, out);
    int wanted = 1 + new Random(seed).nextInt(4);
    while (done(out) < wanted && run.isAlive()) {
      Pause.brief();
    }
    run.destroyForcibly().waitFor();
    Map<String, Object> committed = parts(out, done(out));
    Process again = start(model, pictures, out);
    String text = new String(again.getInputStream().readAllBytes());

    assertThat(again.waitFor()).as(text).isZero();
    assertThat(text)
        .as("killed after %d chunks (seed %d)", wanted, seed)
        .contains(" of 4,000 pictures are done")
        .containsPattern("4,000 predicted, 0 not readable, [0-9,]+ of them before");
    assertThat(paths(out)).hasSize(PICTURES).isSorted().doesNotHaveDuplicates();
    assertThat(parts(out, Integer.MAX_VALUE)).containsAllEntriesOf(committed);
  }

  /** How many chunks are done: a record that is being written has another name. */
  private static int done(Path out) throws IOException {
    Path records = out.resolve("_plan/0001/done");
    if (!Files.isDirectory(records)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(records)) {
      return (int)
          files.filter(file -> file.getFileName().toString().matches("\\d+[.]json")).count();
    }
  }

  /** Which file each part is that has been recorded as done. */
  private static Map<String, Object> parts(Path out, int atMost) throws IOException {
    Map<String, Object> parts = new TreeMap<>();
    Path records = out.resolve("_plan/0001/done");
    try (Stream<Path> files = Files.list(out.resolve("predictions"))) {
      for (Path part : files.sorted().limit(atMost).toList()) {
        String name = part.getFileName().toString();
        String record = name.replaceAll("part-0001-(\\d+)[.]json", "$1.json");
        if (atMost == Integer.MAX_VALUE || Files.exists(records.resolve(record))) {
          parts.put(name, Files.readAttributes(part, BasicFileAttributes.class).fileKey());
        }
      }
    }
    return parts;
  }

  private static List<String> paths(Path out) throws IOException {
    List<String> paths = new ArrayList<>();
    try (Stream<Path> parts = Files.list(out.resolve("predictions"))) {
      for (Path part : parts.sorted().toList()) {
        for (String line : Files.readAllLines(part)) {
          paths.add(JsonMapper.builder().build().readTree(line).get("path").asText());
        }
      }
    }
    return paths;
  }

  private static Process start(String model, Path pictures, Path out) throws IOException {
    return new ProcessBuilder(
            LAUNCHER,
            "--master",
            "local[2]",
            "predict",
            "--model",
            model,
            "--images",
            pictures.toString(),
            "--out",
            out.toString(),
            "--format",
            "json")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
