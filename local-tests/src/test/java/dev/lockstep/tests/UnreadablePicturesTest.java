package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Folders of pictures of which one is none. */
class UnreadablePicturesTest {
  private static final int SIDE = 6;
  private static final int EACH = 20;
  private static final String REASON = "is not a picture of a known format";
  private static final String LEFT_OUT = "1 of 41 could not be read and were left out";

  @TempDir private Path folder;
  private String pictures;
  private String broken;
  private String model;

  @BeforeEach
  void draw() throws IOException {
    System.setProperty("spark.master", "local[2]");
    Random random = new Random(3);
    for (String name : new String[] {"bottom", "top"}) {
      Path of = Files.createDirectories(folder.resolve("pictures").resolve(name));
      for (int i = 0; i < EACH; i++) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int at = 0; at < SIDE * SIDE; at++) {
          boolean bright = at / SIDE < SIDE / 2 == name.equals("top");
          image
              .getRaster()
              .setSample(at % SIDE, at / SIDE, 0, (bright ? 120 : 0) + random.nextInt(100));
        }
        ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
      }
    }
    pictures = folder.resolve("pictures").toString();
    broken = Files.writeString(folder.resolve("pictures/top/text.png"), "a text").toString();
    model = folder.resolve("model").toString();
  }

  private static String network() {
    return new NeuralNetConfiguration.Builder()
        .updater(new Adam(0.02))
        .list(
            new OutputLayer.Builder(new LossMCXENT())
                .nIn(SIDE * SIDE)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build())
        .build()
        .toJson();
  }

  private CommandLine train(String... more) throws IOException {
    Path network = Files.writeString(folder.resolve("network.json"), network());
    return run(
        Stream.of(
            "train",
            "custom",
            "--network",
            network.toString(),
            "--data",
            pictures,
            "--test",
            pictures,
            "--epochs",
            "10",
            "--batch-size",
            "8",
            "--no-plots",
            "--model-dir",
            model),
        more);
  }

  private static CommandLine run(Stream<String> command, String... more) {
    return CommandLine.run(Stream.concat(command, Stream.of(more)).toArray(String[]::new));
  }

  private String notReadable() {
    return "not readable: %s %s".formatted(broken, REASON);
  }

  private void assertFailedByIt(CommandLine strict) {
    assertThat(strict.exitCode()).isEqualTo(3);
    assertThat(strict.err().lines()).containsExactly("lockstep: %s: %s".formatted(broken, REASON));
    assertThat(strict.out()).isEmpty();
  }

  @Test
  void training_and_evaluation_leave_it_out_and_say_so() throws IOException {
    CommandLine train = train();
    CommandLine evaluate = CommandLine.run("evaluate", "--model", model, "--data", pictures);

    assertThat(train.err()).isEmpty();
    assertThat(train.out().lines())
        .containsSequence(notReadable(), LEFT_OUT)
        .filteredOn(LEFT_OUT::equals)
        .as("of training and test data")
        .hasSize(2);
    assertThat(evaluate.err()).isEmpty();
    assertThat(evaluate.out().lines()).startsWith(notReadable(), LEFT_OUT);
    assertThat(evaluate.out()).containsPattern("accuracy \\S+ \\(\\d+ of 40\\)");
  }

  @Test
  void strict_training_and_evaluation_fail_by_it() throws IOException {
    assertFailedByIt(train("--strict"));
    assertThat(Path.of(model)).doesNotExist();

    train();
    Stream<String> evaluate = Stream.of("evaluate", "--model", model, "--data", pictures);
    assertFailedByIt(run(evaluate, "--strict"));
  }

  @Test
  void a_preparation_lists_it_or_is_strict_and_leaves_nothing() throws IOException {
    Path to = folder.resolve("prepared/out");
    String[] command = {"prepare", "--from", pictures, "--to", to.toString()};

    assertFailedByIt(run(Stream.of(command), "--strict"));
    assertThat(to).doesNotExist();

    CommandLine prepare = CommandLine.run(command);
    assertThat(prepare.err()).isEmpty();
    assertThat(prepare.out().lines())
        .containsSequence(notReadable(), LEFT_OUT)
        .endsWith("prepared in " + to);
    assertThat(to.resolve("rejects-all.csv"))
        .hasContent("path,reason\n%s,%s\n".formatted(broken, REASON));
    CommandLine inspect = CommandLine.run("inspect", to.toString());
    assertThat(inspect.out()).startsWith("all: 40 examples, hash ").contains("uint8 [6, 6]");
  }

  @Test
  void pictures_are_brought_to_a_size_which_is_part_of_what_was_prepared() {
    String to = folder.resolve("out").toString();
    String[] command = {"prepare", "--from", pictures, "--to", to, "--size"};

    assertThat(run(Stream.of(command), "8x4", "--fit", "pad").err()).isEmpty();
    assertThat(CommandLine.run("inspect", to).out()).contains("uint8 [4, 8]");
    CommandLine other = run(Stream.of(command), "8x4", "--fit", "stretch");
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err().lines())
        .containsExactly(
            ("lockstep: %s: was prepared with pictures 8x4, fit pad, invert no, not 8x4, fit stretch,"
                    + " invert no: give another folder, or remove this one")
                .formatted(to));
  }

  @Test
  void a_fit_without_a_size_is_a_usage_error() {
    CommandLine fit = CommandLine.run("inspect", pictures, "--fit", "pad");
    CommandLine size = CommandLine.run("inspect", pictures, "--size", "28");

    assertThat(fit.exitCode()).isEqualTo(2);
    assertThat(fit.err())
        .startsWith("lockstep: --fit and --invert need --size, such as --size 28x28");
    assertThat(size.exitCode()).isEqualTo(2);
    assertThat(size.err())
        .startsWith("lockstep: --size must be WIDTHxHEIGHT of at most 9999 pixels each, not 28");
  }
}
