package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.strategy.Shards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All 10,000 test images as picture files. */
@Needs(PublishedData.MNIST)
@Tag("slow")
class PredictMnistTest {
  private static final int COUNT = 10_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private static Path folder;
  private static String model;
  private static Digits digits;

  @BeforeAll
  static void train() {
    model = folder.resolve("model").toString();
    System.setProperty("spark.master", "local[2]");
    CommandLine.run("train", "mnist", "--steps", "3000", "--no-plots", "--model-dir", model);
    try (Shards test = Shards.load(SparkExtension.context(), RealMnist.files().test(), 1)) {
      digits = new Digits(test.blocks().first());
    }
  }

  @Test
  void as_png_they_are_predicted_as_evaluate_does_it_all_of_them() throws IOException {
    ImageIO.setUseCache(false);
    Path pictures = folder.resolve("png");
    for (int i = 0; i < COUNT; i++) {
      digits.write(i, digits.image(i), pictures, "png");
    }
    Path out = folder.resolve("out");

    CommandLine predict = predict(pictures, "--out", out.toString(), "--format", "json");
    CommandLine evaluate = CommandLine.run("evaluate", "--model", model);

    String matrix = evaluate.out().substring(evaluate.out().indexOf("actual \\ predicted"));
    assertThat(predict.out()).contains(evaluate.out().lines().findFirst().orElseThrow(), matrix);
    assertThat(predictions(out)).isEqualTo(expected());
  }

  /** By the number of the image. */
  private static Map<Integer, Integer> predictions(Path out) throws IOException {
    Map<Integer, Integer> predictions = new TreeMap<>();
    try (Stream<Path> parts = Files.list(out.resolve("predictions"))) {
      for (Path part : parts.toList()) {
        for (String line : Files.readAllLines(part)) {
          JsonNode row = JSON.readTree(line);
          int number =
              Integer.parseInt(row.get("path").asText().replaceAll(".*/(\\d+)[.]png", "$1"));
          predictions.put(number, row.get("prediction").asInt());
        }
      }
    }
    return predictions;
  }

  /** What the network says of the IDX file's pixels. */
  private static Map<Integer, Integer> expected() {
    ModelFile file = ModelFile.read(Path.of(model, "model.zip"));
    LocalTrainer network = LocalTrainers.create(file.definition(), LocalStep.AUTO, 10, 784);
    network.load(file.state());
    Map<Integer, Integer> expected = new TreeMap<>();
    for (int i = 0; i < COUNT; i++) {
      float[] output = network.output(new Minibatch(digits.pixels(i), new float[10], 1));
      expected.put(
          i, IntStream.range(0, 10).reduce((a, b) -> output[b] > output[a] ? b : a).orElseThrow());
    }
    return expected;
  }

  @Test
  void large_black_on_white_jpegs_are_recognised_as_well() throws IOException {
    ImageIO.setUseCache(false);
    Path pictures = folder.resolve("jpg");
    for (int i = 0; i < COUNT; i++) {
      digits.write(i, digits.large(i), pictures, "jpg");
    }

    double large = accuracy(predict(pictures).out());
    double original = accuracy(CommandLine.run("evaluate", "--model", model).out());

    assertThat(large).isCloseTo(original, Offset.offset(0.01));
  }

  private static double accuracy(String out) {
    return Double.parseDouble(out.replaceAll("(?s).*?accuracy (\\d\\.\\d+).*", "$1"));
  }

  private static CommandLine predict(Path images, String... more) {
    return CommandLine.run(
        Stream.concat(
                Stream.of(
                    "predict",
                    "--model",
                    model,
                    "--images",
                    images.toString(),
                    "--labels-from-folders"),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
