package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Decoding;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Points;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.ParameterAveraging;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that stay files are trained as those that were decoded. */
@ExtendWith(SparkExtension.class)
class DecodeEachEpochTest {
  private static final int PICTURES = 150;
  private static final int WIDTH = 5;
  private static final int HEIGHT = 4;

  @TempDir private Path folder;
  private Path first;

  @BeforeEach
  void draw() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < PICTURES; i++) {
      Path file = folder.resolve("pictures/%s/%03d.png".formatted(i % 3 == 0 ? "a" : "b", i));
      Files.createDirectories(file.getParent());
      draw(file, random.nextInt(256));
    }
    first = folder.resolve("pictures/a/000.png");
    Files.writeString(folder.resolve("pictures/b/none.png"), "no picture");
  }

  private static void draw(Path file, int level) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, (level + 7 * i) % 256);
    }
    try {
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Training training(JavaSparkContext spark) {
    DataSource pictures =
        DataSources.open(spark, DataLocation.of(folder.resolve("pictures").toString()));
    return Training.of(
            spark, TutorialNetworks.softmax(WIDTH * HEIGHT, 2, Optimizer.ADAM.updater(0.01), 5))
        .data(pictures)
        .normalise(NormalisationMethod.STANDARDISE)
        .workers(2)
        .minibatch(4)
        .epochs(3)
        .strategy(ParameterAveraging.every(4))
        .checkpointEvery(Cadence.steps(8));
  }

  @Test
  void the_bits_are_those_of_pictures_that_were_decoded_once(JavaSparkContext spark) {
    ModelState once = training(spark).run().state();
    TrainedModel model = training(spark).decode(Decoding.EACH_EPOCH).run();
    assertThat(model.state()).isEqualTo(once);
    assertThat(model.result().examples())
        .as("what cannot be read is left out")
        .isEqualTo(3 * PICTURES);
  }

  @Test
  void the_hash_of_the_data_is_that_of_decoded_pictures(JavaSparkContext spark) {
    Optional<String> once = hash(training(spark));
    assertThat(hash(training(spark).decode(Decoding.EACH_EPOCH))).isPresent().isEqualTo(once);
  }

  private static Optional<String> hash(Training training) {
    try (PreparedRun prepared = training.prepare()) {
      return prepared.dataHash();
    }
  }

  @Test
  void a_run_goes_on_in_the_middle_of_an_epoch_however_it_began(JavaSparkContext spark) {
    ModelState whole = training(spark).run().state();
    training(spark).steps(50).decode(Decoding.EACH_EPOCH).checkpoints(folder.resolve("c")).run();
    Training longer = training(spark).checkpoints(folder.resolve("c")).resume();
    assertThat(longer.run().state()).isEqualTo(whole);
    training(spark).steps(50).checkpoints(folder.resolve("c")).run();
    assertThat(longer.decode(Decoding.EACH_EPOCH).run().state()).isEqualTo(whole);
  }

  @Test
  void a_picture_that_changes_or_goes_while_the_run_lasts_is_one_line(JavaSparkContext spark) {
    assertThatThrownBy(() -> disturbed(spark, () -> draw(first, 1)))
        .isInstanceOf(DataError.class)
        .hasMessage(
            first
                + ": is not what it was when the run began: it has other content: put it back and go"
                + " on with --resume, or begin anew");
    assertThatThrownBy(
            () ->
                disturbed(
                    spark,
                    () -> {
                      if (!first.toFile().delete()) {
                        throw new IllegalStateException("not deleted");
                      }
                    }))
        .isInstanceOf(DataError.class)
        .hasMessageStartingWith(first + ": is not what it was when the run began: it ")
        .hasMessageContaining("no such file");
  }

  private void disturbed(JavaSparkContext spark, Runnable change) {
    training(spark)
        .decode(Decoding.EACH_EPOCH)
        .listen(
            new RunListener() {
              @Override
              public void started(long from, long to) {
                change.run();
              }
            })
        .run();
  }

  @Test
  void what_is_no_file_of_a_picture_is_refused(JavaSparkContext spark) {
    Points points =
        new Points(
            Schema.classification(
                List.of(WIDTH * HEIGHT), Schema.FeatureType.FLOAT32, Schema.numbered(2)),
            List.of());
    assertThatThrownBy(() -> training(spark).data(points).decode(Decoding.EACH_EPOCH).run())
        .hasMessage(
            "the training data are no files of pictures, which could be decoded in each epoch:"
                + " leave out decode");
  }
}
