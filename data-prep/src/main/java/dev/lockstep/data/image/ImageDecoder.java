package dev.lockstep.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Picture files to grey levels: the first picture of each file, upright, over white. */
public final class ImageDecoder {
  /** More than any camera has; less than what fills a heap. */
  private static final long MAX_PIXELS = 100_000_000;

  /** More than any format can hold in a byte but for nearly empty pictures; PNG reaches 8,256. */
  private static final long MAX_PIXELS_PER_BYTE = 10_000;

  static {
    // Readers that come as plugins, also where a jar was added after the JVM's start.
    ImageIO.scanForPlugins();
    ImageIO.setUseCache(false);
  }

  private ImageDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws UnreadableImage if it is empty, of an unknown format, damaged or too large
   */
  public static GreyImage decode(byte[] content) throws UnreadableImage {
    if (content.length == 0) {
      throw new UnreadableImage("is empty");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnreadableImage("is not a picture of a known format");
      }
      ImageReader reader = readers.next();
      try {
        TiffHead.check(content);
        reader.setInput(in, true, true);
        checkSize(reader.getWidth(0), reader.getHeight(0), content.length);
        checkSize(reader.getTileWidth(0), reader.getTileHeight(0), content.length);
        return Orientation.of(content).apply(grey(reader.read(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImage("is damaged: " + firstLine(e), e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  /** Before anything is allocated. */
  private static void checkSize(long width, long height, long bytes) throws UnreadableImage {
    if (width * height > MAX_PIXELS) {
      throw new UnreadableImage(
          "has %d x %d pixels, more than %d million"
              .formatted(width, height, MAX_PIXELS / 1_000_000));
    }
    if (width * height > MAX_PIXELS_PER_BYTE * bytes) {
      throw new UnreadableImage(
          "says that %d bytes hold %d x %d pixels".formatted(bytes, width, height));
    }
  }

  private static GreyImage grey(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] levels = new float[width * height];
    boolean coloured =
        image.getColorModel() instanceof IndexColorModel || image.getRaster().getNumBands() > 2;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        levels[y * width + x] = coloured ? luma(image.getRGB(x, y)) : level(image, x, y);
      }
    }
    return new GreyImage(width, height, levels);
  }

  /** From the samples, since {@code getRGB} takes grey for linear light and brightens it. */
  private static float level(BufferedImage image, int x, int y) {
    Raster raster = image.getRaster();
    float level = sample(raster, x, y, 0);
    return raster.getNumBands() == 1 ? level : overWhite(level, sample(raster, x, y, 1));
  }

  private static float sample(Raster raster, int x, int y, int band) {
    int bits = raster.getSampleModel().getSampleSize(band);
    return raster.getSample(x, y, band) * 255f / ((1L << bits) - 1);
  }

  /** ITU-R BT.601, as Pillow's conversion to grey. */
  static float luma(int argb) {
    float level =
        0.299f * (argb >> 16 & 0xff) + 0.587f * (argb >> 8 & 0xff) + 0.114f * (argb & 0xff);
    return overWhite(level, argb >>> 24);
  }

  private static float overWhite(float level, float alpha) {
    return 255 - (255 - level) * alpha / 255;
  }
}
