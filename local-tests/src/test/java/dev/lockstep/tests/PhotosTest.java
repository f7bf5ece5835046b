package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.data.image.Pages;
import dev.lockstep.strategy.Shards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MNIST's digits on pages of all kinds, read by one model. */
@Needs(PublishedData.MNIST)
class PhotosTest {
  private static final int VARIANTS = 5;
  private static final int DIGITS = 8;

  /** Other variants than those that anything was chosen by. */
  private static final int FIRST_VARIANT = 9000;

  @TempDir private Path folder;

  @Test
  void digits_on_pages_of_every_kind_are_read_as_well_as_clean_scans() throws IOException {
    draw();
    String model = folder.resolve("model").toString();
    System.setProperty("spark.master", "local[2]");
    CommandLine train =
        CommandLine.run(
            "train",
            "custom",
            "--network",
            "mlp",
            "--data",
            "mnist",
            "--epochs",
            "1",
            "--no-plots",
            "--no-report",
            "--model-dir",
            model);
    assertThat(train.err()).isEmpty();

    Path out = folder.resolve("out");
    CommandLine predict =
        CommandLine.run(
            "predict",
            "--model",
            model,
            "--images",
            folder.resolve("pages").toString(),
            "--labels-from-folders",
            "--out",
            out.toString(),
            "--format",
            "csv");

    assertThat(predict.err()).isEmpty();
    Map<Pages, Integer> correct = correct(out.resolve("predictions"));
    int scan = correct.get(Pages.SCAN);
    assertThat(scan).as("clean scans of %d", VARIANTS * DIGITS).isGreaterThan(34);
    for (Pages kind : Pages.values()) {
      assertThat(scan - correct.get(kind))
          .as("how many more are wrong than of clean scans, of %d: %s", VARIANTS * DIGITS, kind)
          .isLessThanOrEqualTo(VARIANTS * DIGITS / 20);
    }
  }

  private void draw() throws IOException {
    try (Shards test =
        Shards.load(
            SparkExtension.context(), RealMnist.files().test().range(0, VARIANTS * DIGITS), 1)) {
      Digits digits = new Digits(test.blocks().first());
      for (Pages kind : Pages.values()) {
        for (int variant = 0; variant < VARIANTS; variant++) {
          for (int i = 0; i < DIGITS; i++) {
            int number = variant * DIGITS + i;
            Path file =
                folder.resolve(
                    "pages/%s/variant%d/%d/%d.%s"
                        .formatted(
                            kind, variant, digits.block().label(number), i, kind.extension()));
            Files.createDirectories(file.getParent());
            Files.write(file, kind.file(digits.pixels(number), FIRST_VARIANT + variant, number));
          }
        }
      }
    }
  }

  private static Map<Pages, Integer> correct(Path predictions) throws IOException {
    Pattern row = Pattern.compile(".*/pages/([A-Z_]+)/[^,]*,(\\d),(\\d),.*");
    Map<Pages, Integer> correct = new EnumMap<>(Pages.class);
    try (Stream<Path> files = Files.list(predictions)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".csv")).toList()) {
        List<String> lines = Files.readAllLines(file);
        for (String line : lines) {
          Matcher found = row.matcher(line);
          if (found.matches()) {
            boolean right = found.group(2).equals(found.group(3));
            correct.merge(Pages.valueOf(found.group(1)), right ? 1 : 0, Integer::sum);
          }
        }
      }
    }
    return correct;
  }
}
