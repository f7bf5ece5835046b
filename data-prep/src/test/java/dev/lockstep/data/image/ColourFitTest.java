package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.DataError;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How pictures in colour come to a network's size. */
class ColourFitTest {

  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(width * 31L + height);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    return image;
  }

  private static ImagePreprocessing to(int width, int height, ImageFit fit) {
    return new ImagePreprocessing(width, height, fit, Inversion.NO, Channels.RGB);
  }

  @ParameterizedTest
  @CsvSource({
    "CROP, 301, 200, 32, 32",
    "CROP, 200, 301, 32, 20",
    "CROP, 33, 400, 32, 32",
    "CROP, 20, 10, 32, 32",
    "STRETCH, 301, 200, 32, 20",
    "STRETCH, 301, 20, 32, 40",
    "PAD, 301, 200, 32, 32",
    "PAD, 32, 300, 32, 32"
  })
  void a_large_file_is_shrunk_while_it_is_read_to_the_same_bits(
      ImageFit fit, int wide, int high, int width, int height) throws Exception {
    byte[] file = Pictures.encoded(noise(wide, high), "png");
    ImagePreprocessing wanted = to(width, height, fit);

    float[] read = wanted.read(file);

    assertThat(read)
        .isEqualTo(wanted.prepare(ImageDecoder.decode(file, Channels.RGB)).values())
        .hasSize(3 * width * height);
    for (float level : read) {
      assertThat(level).as("whole levels").isEqualTo(Math.round(level)).isBetween(0f, 255f);
    }
  }

  @Test
  void a_crop_is_the_middle_of_what_is_longer() throws Exception {
    BufferedImage image = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
    for (int x = 20; x < 40; x++) {
      for (int y = 0; y < 20; y++) {
        image.setRGB(x, y, 0x102030);
      }
    }

    float[] read = to(10, 10, ImageFit.CROP).read(Pictures.encoded(image, "png"));

    for (int i = 0; i < 100; i++) {
      assertThat(List.of(read[i], read[100 + i], read[200 + i]))
          .as("pixel %d", i)
          .containsExactly(16f, 32f, 48f);
    }
  }

  @Test
  void padding_keeps_the_proportions_between_black_margins() throws Exception {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 800; i++) {
      image.setRGB(i % 40, i / 40, 0xffffff);
    }

    float[] read = to(20, 20, ImageFit.PAD).read(Pictures.encoded(image, "png"));

    for (int y = 0; y < 20; y++) {
      float expected = y >= 5 && y < 15 ? 255 : 0;
      assertThat(read[y * 20 + 10]).as("row %d", y).isEqualTo(expected);
    }
  }

  @Test
  void a_larger_picture_keeps_slopes_and_the_mean() {
    float[] levels = new float[8 * 8];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = 20 + 10 * (i % 8);
    }
    Plane larger = new Plane(8, 8, levels).scaled(16, 24);

    for (int x = 3; x < 13; x++) {
      assertThat(larger.at(x, 7))
          .as("level at %d", x)
          .isCloseTo(20 + 10 * ((x + 0.5f) / 2 - 0.5f), within(0.01f));
    }
    double mean = 0;
    for (float level : larger.values()) {
      mean += level / larger.values().length;
    }
    assertThat(mean).isCloseTo(55, within(0.1));
  }

  @Test
  void colours_cannot_be_fitted_as_mnist() {
    assertThatThrownBy(() -> to(28, 28, ImageFit.MNIST))
        .isInstanceOf(DataError.class)
        .hasMessageContaining("choose the fit crop, stretch, pad or none");
  }
}
