package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of photographs, and what it takes: {@code -Dphotographs.print=true} prints
 * milliseconds of processor time, the least of eight.
 */
class PhotographCostTest {
  private static final boolean PRINTS = Boolean.getBoolean("photographs.print");
  private static final int WARM_UP = 4;
  private static final int TRIES = 8;
  private static final int EIGHTH = 8;

  @ParameterizedTest
  @CsvSource({"640, 480", "2000, 1500", "4000, 3000"})
  void a_photograph_becomes_an_input_of_its_network(int width, int height) throws Exception {
    if (width > 1000 && !PRINTS) {
      return;
    }
    byte[] file = photograph(width, height);
    ImagePreprocessing colour =
        new ImagePreprocessing(224, 224, ImageFit.CROP, Inversion.NO, Channels.RGB);
    ImagePreprocessing grey =
        new ImagePreprocessing(28, 28, ImageFit.STRETCH, Inversion.NO, Channels.GREY);

    assertThat(colour.read(file)).hasSize(3 * 224 * 224);
    assertThat(grey.read(file)).hasSize(28 * 28);

    if (PRINTS) {
      System.out.printf("%d x %d, %,d bytes%n", width, height, file.length);
      print("decoded", () -> decoded(file, 1));
      print("every eighth pixel of each row and column", () -> decoded(file, EIGHTH));
      print("224 x 224 x 3", () -> colour.read(file));
      print("28 x 28", () -> grey.read(file));
    }
  }

  private interface Work {
    Object done() throws Exception;
  }

  private static void print(String what, Work work) throws Exception {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < WARM_UP + TRIES; i++) {
      long from = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      work.done();
      long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - from;
      least = i < WARM_UP ? least : Math.min(least, took / 1e6);
    }
    System.out.printf("  %-42s %6.1f ms%n", what, least);
  }

  private static BufferedImage decoded(byte[] file, int every) throws Exception {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      return ImageReaders.read(
          in,
          reader -> {
            ImageReadParam part = reader.getDefaultReadParam();
            part.setSourceSubsampling(every, every, 0, 0);
            return reader.read(0, part);
          });
    }
  }

  /** Soft colours with some noise, of quality 0.85. */
  private static byte[] photograph(int width, int height) throws IOException {
    Random random = new Random(1);
    int[] waves = IntStream.range(0, 6).map(i -> 20 + random.nextInt(200)).toArray();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int band = 0; band < 3; band++) {
          double soft =
              128
                  + 60 * Math.sin(x / (double) waves[band])
                  + 50 * Math.cos(y / (double) waves[3 + band]);
          rgb = rgb << 8 | (int) Math.max(0, Math.min(255, soft + random.nextInt(17) - 8));
        }
        image.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(0.85f);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), quality);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }
}
