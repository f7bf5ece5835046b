package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen of digits drawn on pages of all kinds, beside what is seen of a clean scan. */
class InkTest {
  private static final ImagePreprocessing MNIST =
      new ImagePreprocessing(28, 28, ImageFit.MNIST, Inversion.AUTO);

  /** Other variants than those that anything was chosen by. */
  private static final int FIRST_VARIANT = 1000;

  private static final int VARIANTS = 5;

  private static final Random NOISE = new Random(1);

  /**
   * Strokes of each digit, in points of a field of 20 by 20; a stroke begins where x is negative.
   */
  private static final double[][] DIGITS = {
    {-10, 1, 5, 4, 4, 11, 7, 18, 12, 18, 16, 12, 15, 5, 10, 1},
    {-11, 1, 9, 19},
    {-4, 5, 8, 1, 14, 3, 13, 9, 4, 18, 17, 18},
    {-5, 3, 12, 1, 14, 5, 8, 9, 15, 13, 12, 18, 4, 17},
    {-6, 1, 4, 11, 16, 11, -14, 2, 13, 19},
    {-15, 2, 6, 2, 6, 9, 13, 9, 15, 14, 11, 18, 4, 17},
    {-13, 1, 6, 8, 5, 15, 10, 19, 15, 15, 12, 11, 6, 13},
    {-4, 2, 16, 2, 9, 19},
    {-10, 9, 5, 5, 10, 1, 15, 5, 10, 9, 5, 14, 10, 19, 15, 14, 10, 9},
    {-14, 6, 9, 9, 6, 5, 10, 1, 14, 5, 13, 19}
  };

  static float[] digit(int digit) {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    Path2D path = new Path2D.Double();
    double[] points = DIGITS[digit];
    for (int i = 0; i < points.length; i += 2) {
      double x = Math.abs(points[i]) + 4;
      double y = points[i + 1] + 4;
      if (points[i] < 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    graphics.draw(path);
    graphics.dispose();
    float[] levels = new float[28 * 28];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = image.getRaster().getSample(i % 28, i / 28, 0) / 255f;
    }
    return levels;
  }

  @ParameterizedTest
  @EnumSource
  void a_digit_is_seen_alike_on_pages_of_every_kind(Pages kind) throws Exception {
    for (int variant = FIRST_VARIANT; variant < FIRST_VARIANT + VARIANTS; variant++) {
      for (int digit = variant % 2; digit < DIGITS.length; digit += 2) {
        assertSeenAlike(kind, variant, digit);
      }
    }
  }

  @ParameterizedTest(name = "{0}, variant {1}: {2}")
  @CsvSource({
    "FRAMED, 5003, a frame on paper so grey that noise takes it for ink",
    "SQUARED, 4, squares so close that they are taken for noise",
    "SQUARED, 5002, a line along a stroke",
    "SQUARED, 5008, close squares and a line along a stroke",
    "SQUARED, 5009, a line down through a stroke"
  })
  void a_digit_is_seen_alike_on_difficult_pages(Pages kind, int variant, String what)
      throws Exception {
    for (int digit = 0; digit < DIGITS.length; digit++) {
      assertSeenAlike(kind, variant, digit);
    }
  }

  private static void assertSeenAlike(Pages kind, int variant, int digit) throws Exception {
    float[] drawn = digit(digit);
    float[] clean = MNIST.read(Pages.SCAN.file(drawn, variant, digit));
    float[] seen = MNIST.read(kind.file(drawn, variant, digit));

    assertThat(likeness(clean, seen))
        .as("%s, variant %d, digit %d", kind, variant, digit)
        .isGreaterThan(0.75);
  }

  /** The cosine between two pictures, the best of those shifted by a pixel at most. */
  private static double likeness(float[] one, float[] other) {
    return IntStream.rangeClosed(-1, 1)
        .mapToDouble(
            dx ->
                IntStream.rangeClosed(-1, 1)
                    .mapToDouble(dy -> cosine(one, other, dx, dy))
                    .max()
                    .orElseThrow())
        .max()
        .orElseThrow();
  }

  private static double cosine(float[] one, float[] other, int dx, int dy) {
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int y = 1; y < 27; y++) {
      for (int x = 1; x < 27; x++) {
        float a = one[y * 28 + x];
        float b = other[(y + dy) * 28 + x + dx];
        product += a * b;
        squares += a * a;
        otherSquares += b * b;
      }
    }
    return product / Math.sqrt(squares * otherSquares);
  }

  @Test
  void a_clean_scan_is_scaled_and_nothing_else() throws Exception {
    for (int digit = 0; digit < DIGITS.length; digit++) {
      for (int variant = 0; variant < VARIANTS; variant++) {
        byte[] file = Pages.SCAN.file(digit(digit), variant, digit);
        Plane scan = Pictures.grey(file);

        assertThat(MNIST.read(file))
            .as("digit %d, variant %d", digit, variant)
            .isEqualTo(ImageFit.MNIST.apply(scan.inverted(), 28, 28).values());
      }
    }
  }

  static Stream<Arguments> blankPages() {
    return Stream.of(
        Arguments.of("white", page(200, 200, (x, y) -> 255)),
        Arguments.of("black", page(200, 200, (x, y) -> 0)),
        Arguments.of("grey", page(120, 300, (x, y) -> 140)),
        Arguments.of("of one pixel", page(1, 1, (x, y) -> 255)),
        Arguments.of("of the network's size", page(28, 28, (x, y) -> 255)),
        Arguments.of("flat", page(3000, 4, (x, y) -> 255)),
        Arguments.of("stripes", page(200, 200, (x, y) -> new Random(y * 777L + x).nextInt(256))),
        Arguments.of("noise", page(200, 200, (x, y) -> NOISE.nextInt(256))),
        Arguments.of("paper", page(300, 200, (x, y) -> 225 + (x * 31 + y * 17) % 7)),
        Arguments.of("a slope of light", page(200, 200, (x, y) -> 60 + x / 2 + y / 3)),
        Arguments.of("ruled", page(200, 240, (x, y) -> y % 24 < 2 ? 150 : 240)),
        Arguments.of("squared", page(240, 200, (x, y) -> y % 20 < 1 || x % 20 < 1 ? 120 : 245)),
        Arguments.of("half in shadow", page(200, 200, (x, y) -> x + y / 3 > 120 ? 100 : 220)),
        Arguments.of("specks", page(200, 200, (x, y) -> x % 67 < 3 && y % 59 < 3 ? 30 : 245)));
  }

  private interface Level {
    int at(int x, int y);
  }

  private static byte[] page(int width, int height, Level level) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, level.at(i % width, i / width));
    }
    return Pictures.encoded(image, "png");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blankPages")
  void blank_pages_are_told_as_blank(String name, byte[] page) {
    assertThatThrownBy(() -> MNIST.read(page))
        .isInstanceOf(BlankPicture.class)
        .hasMessage("is blank: nothing is drawn on it");
  }

  @Test
  void whether_ink_is_bright_can_be_said() throws Exception {
    byte[] page = Pages.WHITE_ON_BLACK.file(digit(3), 1, 1);
    ImagePreprocessing bright = new ImagePreprocessing(28, 28, ImageFit.MNIST, Inversion.NO);

    assertThat(bright.read(page)).isEqualTo(MNIST.read(page));
  }
}
