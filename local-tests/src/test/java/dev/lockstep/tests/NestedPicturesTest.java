package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of writers within folders of classes mean the same to every command. */
class NestedPicturesTest {
  private static final int PICTURES = 6;

  @TempDir private static Path shared;
  private static Path pictures;
  private static String model;

  @BeforeAll
  static void trainOnClassesAboveWriters() throws IOException {
    pictures = shared.resolve("pictures");
    // A writer may be called as a class is.
    for (String writer : List.of("anna", "3")) {
      for (int digit = 0; digit < 10; digit++) {
        for (int i = 0; i < PICTURES; i++) {
          draw(pictures.resolve("%d/%s/%d.png".formatted(digit, writer, i)), digit, i);
        }
      }
    }
    model = shared.resolve("model").toString();
    System.setProperty("spark.master", "local[2]");
    CommandLine train =
        run(
            "train custom --network softmax --epochs 30 --batch-size 8 --no-plots --no-report"
                + " --model-dir "
                + model
                + " --data "
                + pictures);
    assertThat(train.err()).isEmpty();
  }

  /** A white bar whose place is the class, of more or less height. */
  private static void draw(Path file, int digit, int number) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 2 + number; y < 26; y++) {
      image.getRaster().setSample(4 + 2 * digit, y, 0, 255);
      image.getRaster().setSample(5 + 2 * digit, y, 0, 255);
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private static CommandLine run(String line) {
    return CommandLine.run(line.split(" "));
  }

  private static String matrix(CommandLine command) {
    assertThat(command.err()).isEmpty();
    return command.out().substring(command.out().indexOf("actual \\ predicted"));
  }

  @Test
  void evaluate_and_predict_count_them_alike() {
    CommandLine evaluate = run("evaluate --model " + model + " --data " + pictures);
    CommandLine predict =
        run("predict --labels-from-folders --model " + model + " --images " + pictures);

    assertThat(evaluate.out()).contains("accuracy 1.0", "120");
    assertThat(matrix(predict)).startsWith(matrix(evaluate));
  }

  @Test
  void a_line_says_where_no_class_is_named() {
    Path anna = pictures.resolve("5/anna");

    CommandLine writer =
        run("predict --labels-from-folders --model " + model + " --images " + anna);

    assertThat(writer.exitCode()).isNotZero();
    assertThat(writer.err())
        .isEqualToIgnoringNewLines(
            "lockstep: file:%s: expected a folder named by its class, 0 to 9".formatted(anna));
  }
}
