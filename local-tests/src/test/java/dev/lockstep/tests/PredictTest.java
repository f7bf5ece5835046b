package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Examples;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.strategy.Shards;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions of picture files, through the command line. */
@Needs(PublishedData.MNIST)
class PredictTest {
  private static final int PICTURES = 300;
  private static final int SIDE = 28;

  @TempDir private static Path shared;
  private static String model;
  private static Path digits;

  @TempDir private Path folder;

  @BeforeAll
  static void trainAndDraw() throws IOException {
    model = shared.resolve("model").toString();
    digits = shared.resolve("digits");
    JavaSparkContext spark = SparkExtension.context();
    try (Shards test = Shards.load(spark, RealMnist.files().test().range(0, PICTURES), 1)) {
      Examples block = test.blocks().first();
      for (int i = 0; i < PICTURES; i++) {
        draw(block, i);
      }
    }
    System.setProperty("spark.master", "local[2]");
    CommandLine.run("train", "mnist", "--steps", "3000", "--no-plots", "--model-dir", model);
  }

  /** Black on white, in a folder of its class; every other one large, with wide margins. */
  private static void draw(Examples block, int i) throws IOException {
    float[] pixels = new float[SIDE * SIDE];
    block.copy(i, 0, pixels, new float[block.schema().labelLength()]);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int at = 0; at < pixels.length; at++) {
      image.getRaster().setSample(at % SIDE, at / SIDE, 0, 255 - Math.round(255 * pixels[at]));
    }
    Path file = digits.resolve("%d/%04d.png".formatted(block.label(i), i));
    Files.createDirectories(file.getParent());
    ImageIO.write(i % 2 == 0 ? image : enlarged(image), "png", file.toFile());
  }

  private static BufferedImage enlarged(BufferedImage image) {
    BufferedImage large = new BufferedImage(150, 130, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = large.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 150, 130);
    graphics.drawImage(image, 40, 10, 3 * SIDE, 3 * SIDE, null);
    graphics.dispose();
    return large;
  }

  @Test
  void a_folder_is_predicted_and_compared_with_its_folders_names() {
    CommandLine predict = predict(digits, "--labels-from-folders");

    assertThat(predict.exitCode()).isZero();
    assertThat(predict.err()).isEmpty();
    assertThat(predict.out())
        .contains("… and 280 more", "300 predicted, 0 not readable", "actual \\ predicted");
    double accuracy =
        Double.parseDouble(predict.out().replaceAll("(?s).*accuracy (\\S+) .*", "$1"));
    assertThat(accuracy).isGreaterThan(0.83);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "json", "csv"})
  void each_format_can_be_read_back_and_is_not_made_twice(String format) {
    Path out = folder.resolve("out");

    CommandLine first = predict(digits, "--out", out.toString(), "--format", format);
    CommandLine again = predict(digits, "--out", out.toString(), "--format", format);

    assertThat(first.out()).contains("300 predicted, 0 not readable, saved in " + out);
    assertThat(again.out())
        .contains("300 predicted, 0 not readable, 300 of them before, saved in " + out);
    Dataset<Row> rows = read(out.resolve("predictions"), format);
    assertThat(rows.count()).isEqualTo(300);
    assertThat(rows.select("path").distinct().count()).isEqualTo(300);
    assertThat(List.of(rows.columns()))
        .contains("prediction", "probability", "top", "probabilities", "model");
  }

  @Test
  void what_cannot_be_read_is_set_aside_and_all_is_accounted_for() throws IOException {
    Path mixed = Files.createDirectories(folder.resolve("mixed"));
    Files.copy(digits.resolve("7/0000.png"), mixed.resolve("good.PNG"));
    Files.writeString(mixed.resolve("text.png"), "hello");
    Files.createFile(mixed.resolve("empty.jpg"));
    Files.writeString(mixed.resolve("notes.txt"), "not a picture by name");
    Files.createSymbolicLink(mixed.resolve("round"), mixed);
    Path out = folder.resolve("out");

    CommandLine predict = predict(mixed, "--out", out.toString());

    assertThat(predict.exitCode()).isZero();
    assertThat(predict.out().lines())
        .containsExactly(
            mixed.resolve("empty.jpg") + "  not readable: is empty",
            mixed.resolve("good.PNG") + "  -> 7  " + probability(predict),
            mixed.resolve("text.png") + "  not readable: is not a picture of a known format",
            "1 predicted, 2 not readable, other files passed over: 1, saved in " + out);
    assertThat(read(out.resolve("quarantine"), "csv").count()).isEqualTo(2);
    expect(
        5,
        predict(mixed, "--strict"),
        mixed.resolve("empty.jpg") + ": is empty; 2 of 3 pictures cannot be read");
  }

  @Test
  void blank_pages_are_results_of_their_own_kind() throws IOException {
    Path pages = Files.createDirectories(folder.resolve("pages"));
    Files.copy(digits.resolve("7/0000.png"), pages.resolve("seven.png"));
    BufferedImage white = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
    white.createGraphics().fillRect(0, 0, 60, 60);
    ImageIO.write(white, "png", pages.resolve("white.png").toFile());
    ImageIO.write(
        new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        pages.resolve("black.png").toFile());
    Path out = folder.resolve("out");

    CommandLine predict = predict(pages, "--strict", "--out", out.toString(), "--format", "csv");
    CommandLine blank = predict(pages.resolve("white.png"));

    assertThat(predict.err()).isEmpty();
    assertThat(predict.out().lines())
        .containsExactly(
            pages.resolve("black.png") + "  blank",
            pages.resolve("seven.png") + "  -> 7  " + probability(predict),
            pages.resolve("white.png") + "  blank",
            "1 predicted, 2 blank, 0 not readable, saved in " + out);
    assertThat(read(out.resolve("predictions"), "csv").count()).isEqualTo(1);
    assertThat(read(out.resolve("blank"), "csv").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(
            "file:" + pages.resolve("black.png"), "file:" + pages.resolve("white.png"));
    assertThat(blank).returns(0, CommandLine::exitCode).returns("", CommandLine::err);
    assertThat(blank.out()).contains("0 predicted, 1 blank, 0 not readable");
  }

  private static String probability(CommandLine predict) {
    return predict.out().replaceAll("(?s).*-> 7  (\\S+).*", "$1");
  }

  @Test
  void a_picture_that_two_places_lead_to_is_predicted_once() throws IOException {
    long sevens;
    try (Stream<Path> files = Files.list(digits.resolve("7"))) {
      sevens = files.count();
    }
    Path out = folder.resolve("out");

    CommandLine predict =
        predict(
            digits.resolve("7"),
            "--images",
            digits.resolve("7/0000.png").toString(),
            "--out",
            out.toString());

    assertThat(predict.out()).contains("%d predicted, 0 not readable".formatted(sevens));
    assertThat(read(out.resolve("predictions"), "parquet").select("path").distinct().count())
        .isEqualTo(sevens);
  }

  @Test
  void an_output_of_another_model_or_format_is_left_alone() {
    Path out = folder.resolve("out");
    Path seven = digits.resolve("7/0000.png");
    predict(seven, "--out", out.toString());
    String other = folder.resolve("model").toString();
    CommandLine.run("train", "mnist", "--steps", "10", "--no-plots", "--model-dir", other);

    CommandLine otherModel =
        CommandLine.run(
            "predict", "--model", other, "--images", seven.toString(), "--out", out.toString());
    CommandLine otherFormat = predict(seven, "--out", out.toString(), "--format", "csv");

    assertThat(otherModel.exitCode()).isEqualTo(3);
    assertThat(otherModel.err())
        .matches(
            "lockstep: \\S+: holds predictions made with the model [0-9a-f]{16}, not [0-9a-f]{16}:"
                + " give the same options, or another --out\\R");
    assertThat(otherFormat.err())
        .isEqualToIgnoringNewLines(
            "lockstep: %s: holds predictions made as parquet, not csv: give the same options, or another --out"
                .formatted(out));
  }

  @Test
  void each_mistake_costs_one_line_and_has_a_status_of_its_own() throws IOException {
    Path notes = Files.createFile(folder.resolve("notes.txt"));
    Path none = Files.createDirectories(folder.resolve("none"));
    Files.createFile(none.resolve("readme.md"));
    Path text = Files.writeString(folder.resolve("text.png"), "hello");
    String line = folder.resolve("line").toString();
    CommandLine.run("train", "linear", "--steps", "17", "--no-plots", "--model-dir", line);

    expect(
        12,
        predict(folder.resolve("nix")),
        folder.resolve("nix") + ": expected pictures or folders of them, found nothing");
    expect(
        12,
        predict(none),
        none
            + ": no pictures found there, only other files (1): expected names that end in png, jpg,"
            + " jpeg, bmp, gif, tif, tiff, webp");
    expect(
        14,
        predict(notes),
        notes + ": expected a file ending in png, jpg, jpeg, bmp, gif, tif, tiff, webp");
    expect(
        13,
        predict(digits, "--out", notes.resolve("out").toString()),
        "--out: %s is a file: name a folder".formatted(notes));
    expect(
        13,
        predict(digits, "--report", notes.resolve("report.html").toString()),
        "--report: %s is a file: name a folder".formatted(notes));
    expect(
        10,
        CommandLine.run("predict", "--model", none.toString(), "--images", "x"),
        "no model saved in %s: run lockstep train … first, or name a model zip".formatted(none));
    expect(
        11,
        CommandLine.run("predict", "--model", line, "--images", digits.toString()),
        line + ": expected a classifier, found a network of another kind");
    expect(
        5,
        predict(text, "--out", none.toString()),
        "%s: is not a picture of a known format; 1 of 1 pictures cannot be read: all reasons are in %s"
            .formatted(text, none.resolve("quarantine")));
  }

  private static void expect(int exitCode, CommandLine predict, String message) {
    assertThat(predict.err()).startsWith("lockstep: " + message).hasLineCount(1);
    assertThat(predict.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void pictures_that_are_added_later_are_predicted_when_all_others_stay() throws IOException {
    Path some = Files.createDirectories(folder.resolve("some/7"));
    Path out = folder.resolve("out");
    Files.copy(digits.resolve("7/0000.png"), some.resolve("one.png"));
    predict(some, "--out", out.toString(), "--labels-from-folders");
    Files.copy(digits.resolve("7/0017.png"), some.resolve("a new one.png"));
    Files.writeString(some.resolve("broken.png"), "hello");

    CommandLine predict = predict(some, "--out", out.toString(), "--labels-from-folders");

    assertThat(predict.out())
        .contains("accuracy ", " of 2)")
        .contains("2 predicted, 1 not readable, 1 of them before, saved in " + out);
    assertThat(read(out.resolve("predictions"), "parquet").select("path").collectAsList())
        .extracting(row -> row.getString(0).replaceAll(".*/", ""))
        .containsExactlyInAnyOrder("one.png", "a new one.png");
    assertThat(out.resolve("predictions"))
        .isDirectoryContaining("glob:**/part-0001-000000.*")
        .isDirectoryContaining("glob:**/part-0002-000000.*");
  }

  @Test
  void labels_come_from_a_file_by_path_or_by_name() throws IOException {
    Path labels =
        Files.writeString(
            shared.resolve("labels.csv"),
            "path,label\ndigits/7/0000.png,7\n0017.png,1\n"
                + digits.resolve("7/0026.png")
                + ",7\n");

    CommandLine predict = predict(digits.resolve("7/00*.png"), "--labels", labels.toString());

    assertThat(predict.err()).isEmpty();
    assertThat(predict.out()).contains("(2 of 3)", "without a label", "is 1");
    Files.writeString(labels, "path,label\n0017.png,eleven\n");
    expect(
        3,
        predict(digits, "--labels", labels.toString()),
        labels + ", line 2: expected a class, 0 to 9, found eleven");
  }

  private static Dataset<Row> read(Path path, String format) {
    return SparkSession.builder()
        .sparkContext(SparkExtension.context().sc())
        .getOrCreate()
        .read()
        .format(format)
        .option("header", "true")
        .load(path.toString());
  }

  private static CommandLine predict(Path images, String... more) {
    return CommandLine.run(
        Stream.concat(
                Stream.of("predict", "--model", model, "--images", images.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
