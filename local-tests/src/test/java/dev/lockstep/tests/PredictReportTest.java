package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.strategy.Shards;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about predictions, and how fast they are, both for a network that has learnt little. */
@Needs(PublishedData.MNIST)
class PredictReportTest {
  private static final int PICTURES = 250;
  private static final int SHOWN = 200;
  private static final Pattern FIGURE =
      Pattern.compile(
          "<figure class='(wrong)?' title='file:(\\S+)'>"
              + "<div><img class='stored' [^>]*base64,([^']*)'><img class='seen' [^>]*base64,([^']*)'></div>"
              + "<figcaption><b>(\\d)</b> (\\S+?)(?: <em>is (\\d)</em>)?<br>");

  @TempDir private static Path shared;
  private static String model;
  private static Path digits;

  @TempDir private Path folder;

  /** One of the page's pictures. */
  private record Figure(
      boolean marked, int actual, int prediction, double probability, String is, List<byte[]> png) {
    static Figure of(MatchResult found) {
      return new Figure(
          found.group(1) != null,
          Integer.parseInt(Path.of(found.group(2)).getParent().getFileName().toString()),
          Integer.parseInt(found.group(5)),
          Double.parseDouble(found.group(6)),
          found.group(7),
          List.of(
              Base64.getDecoder().decode(found.group(3)),
              Base64.getDecoder().decode(found.group(4))));
    }

    boolean isWrong() {
      return actual != prediction;
    }
  }

  @BeforeAll
  static void trainAndDraw() throws IOException {
    model = shared.resolve("model").toString();
    digits = shared.resolve("digits");
    try (Shards test =
        Shards.load(SparkExtension.context(), RealMnist.files().test().range(0, PICTURES), 1)) {
      Digits block = new Digits(test.blocks().first());
      for (int i = 0; i < PICTURES; i++) {
        block.write(i, block.large(i), digits, "png");
      }
    }
    System.setProperty("spark.master", "local[2]");
    CommandLine.run("train", "mnist", "--steps", "500", "--no-plots", "--model-dir", model);
  }

  @Test
  void the_least_certain_pictures_come_first_and_the_wrong_ones_are_marked() throws IOException {
    List<Figure> figures = figures(report(digits));

    assertThat(figures).hasSize(SHOWN);
    assertThat(figures).extracting(Figure::probability).isSorted();
    assertThat(figures).extracting(Figure::isWrong).contains(true, false);
    assertThat(figures)
        .allSatisfy(
            figure -> {
              assertThat(figure.marked()).isEqualTo(figure.isWrong());
              assertThat(figure.is())
                  .isEqualTo(figure.isWrong() ? String.valueOf(figure.actual()) : null);
            });
  }

  @Test
  void each_picture_is_shown_as_it_is_stored_and_as_the_network_saw_it() throws IOException {
    List<byte[]> first = figures(report(digits)).get(0).png();

    assertThat(ImageIO.read(new ByteArrayInputStream(first.get(0))))
        .returns(84, image -> image.getWidth())
        .returns(255, image -> image.getRaster().getSample(0, 0, 0));
    assertThat(ImageIO.read(new ByteArrayInputStream(first.get(1))))
        .returns(28, image -> image.getWidth())
        .returns(0, image -> image.getRaster().getSample(0, 0, 0));
  }

  @Test
  void what_cannot_be_read_is_on_the_page_with_the_reason() throws IOException {
    Path mixed = Files.createDirectories(folder.resolve("7"));
    Files.copy(digits.resolve("7/00000.png"), mixed.resolve("good.png"));
    Files.writeString(mixed.resolve("<b>.png"), "hello");

    String page = report(folder);

    assertThat(figures(page)).hasSize(1);
    assertThat(page)
        .contains("&lt;b&gt;.png</th><td>is not a picture of a known format")
        .doesNotContain("<b>.png");
  }

  private String report(Path images) throws IOException {
    Path page = folder.resolve("reports/page.html");

    CommandLine predict =
        CommandLine.run(
            "predict",
            "--model",
            model,
            "--images",
            images.toString(),
            "--labels-from-folders",
            "--report",
            page.toString());

    assertThat(predict.err()).isEmpty();
    assertThat(predict.out()).contains("report in " + page);
    return Files.readString(page);
  }

  private static List<Figure> figures(String page) {
    return FIGURE.matcher(page).results().map(Figure::of).toList();
  }

  @Test
  void all_ways_to_predict_are_timed() throws IOException {
    Files.writeString(digits.resolve("notes.txt"), "no picture by name");

    CommandLine timed = bench("--images", digits.toString(), "--rounds", "1");

    assertThat(timed.err()).isEmpty();
    assertThat(timed.out().lines())
        .satisfiesExactly(
            warmUp -> assertThat(warmUp).isEqualTo("warm-up"),
            round -> assertThat(round).isEqualTo("round 1/1"),
            first ->
                assertThat(first)
                    .matches("lockstep predict, to Parquet +[0-9,]+ pictures/s +1[.]0"),
            loop -> assertThat(loop).matches("loop, one model +[0-9,]+ pictures/s +\\d+[.]\\d"),
            loading ->
                assertThat(loading)
                    .matches("loop, model loaded per picture +[0-9,]+ pictures/s +\\d+[.]\\d"));
  }

  @Test
  void what_cannot_be_timed_costs_one_line() throws IOException {
    Path nothing = Files.createDirectories(folder.resolve("nothing"));
    Files.writeString(folder.resolve("text.png"), "hello");

    assertThat(bench("--images", nothing.toString()))
        .returns(12, CommandLine::exitCode)
        .returns("lockstep: %s: no pictures found there%n".formatted(nothing), CommandLine::err);
    assertThat(bench("--images", folder.toString()).err())
        .contains("text.png: is no picture")
        .hasLineCount(1);
    assertThat(bench("--images", "x", "--rounds", "0"))
        .returns(2, CommandLine::exitCode)
        .satisfies(bench -> assertThat(bench.err()).contains("--rounds must be at least 1"));
  }

  private static CommandLine bench(String... more) {
    return CommandLine.run(
        Stream.concat(Stream.of("bench", "predict", "--model", model), Stream.of(more))
            .toArray(String[]::new));
  }
}
