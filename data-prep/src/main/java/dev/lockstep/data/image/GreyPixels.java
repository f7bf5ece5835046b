package dev.lockstep.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/** Pixels of any kind to grey levels, over a ground on which they can be seen. */
final class GreyPixels {
  /** What is brighter is hard to see on white. */
  private static final double BRIGHT = 200;

  private GreyPixels() {}

  static Plane of(BufferedImage image) {
    boolean coloured =
        image.getColorModel() instanceof IndexColorModel || image.getRaster().getNumBands() > 2;
    float[] levels = coloured ? ofColours(image) : ofSamples(image.getRaster());
    return new Plane(image.getWidth(), image.getHeight(), levels);
  }

  private static float[] ofColours(BufferedImage image) {
    return ColourPixels.isBytes(image) ? ofBytes(image.getRaster()) : ofAny(image);
  }

  /** As {@link #ofAny}, without asking the colour model what each pixel is, which takes longest. */
  private static float[] ofBytes(Raster raster) {
    int width = raster.getWidth();
    float[] levels = new float[width * raster.getHeight()];
    byte[] row = new byte[width * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * raster.getNumBands();
        float level = brightness(row[at] & 0xff, row[at + 1] & 0xff, row[at + 2] & 0xff);
        levels[y * width + x] = over(255, level, 255);
      }
    }
    return levels;
  }

  private static float[] ofAny(BufferedImage image) {
    int width = image.getWidth();
    float[] levels = new float[width * image.getHeight()];
    int[] row = new int[width];
    float[] alpha = image.getColorModel().hasAlpha() ? new float[levels.length] : null;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        levels[y * width + x] = alpha == null ? luma(row[x]) : brightness(row[x]);
        if (alpha != null) {
          alpha[y * width + x] = row[x] >>> 24;
        }
      }
    }
    if (alpha != null) {
      overGround(levels, alpha);
    }
    return levels;
  }

  /** From the samples, since {@code getRGB} takes grey for linear light and brightens it. */
  private static float[] ofSamples(Raster raster) {
    float[] levels = levels(raster, 0);
    if (raster.getNumBands() == 2) {
      overGround(levels, levels(raster, 1));
    }
    return levels;
  }

  /** One band of samples, 0 to 255. */
  static float[] levels(Raster raster, int band) {
    SampleModel samples = raster.getSampleModel();
    int bits = samples.getSampleSize(band);
    boolean bytes =
        bits == Byte.SIZE
            && samples instanceof ComponentSampleModel
            && samples.getTransferType() == DataBuffer.TYPE_BYTE;
    return bytes ? ofBytes(raster, band) : scaled(raster, band, (1L << bits) - 1);
  }

  /** Nearly all pictures are such, and this is most of what their reading takes. */
  private static float[] ofBytes(Raster raster, int band) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    float[] levels = new float[width * raster.getHeight()];
    byte[] row = new byte[width * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        levels[y * width + x] = row[x * bands + band] & 0xff;
      }
    }
    return levels;
  }

  private static float[] scaled(Raster raster, int band, float largest) {
    int width = raster.getWidth();
    float[] levels = new float[width * raster.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
      for (int x = 0; x < width; x++) {
        levels[y * width + x] = row[x] * 255f / largest;
      }
    }
    return levels;
  }

  /** ITU-R BT.601, as Pillow's conversion to grey. */
  static float brightness(int rgb) {
    return brightness(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
  }

  private static float brightness(int red, int green, int blue) {
    return 0.299f * red + 0.587f * green + 0.114f * blue;
  }

  private static float luma(int argb) {
    return over(255, brightness(argb), argb >>> 24);
  }

  /**
   * Over white; over black where what is to be seen is itself so bright that nobody would see it on
   * white.
   *
   * @param alpha 0 transparent to 255 opaque
   */
  static void overGround(float[] levels, float[] alpha) {
    double seen = 0;
    double bright = 0;
    float least = 255;
    for (int i = 0; i < levels.length; i++) {
      seen += alpha[i];
      bright += (double) alpha[i] * levels[i];
      least = Math.min(least, alpha[i]);
    }
    float ground = least < 128 && bright > BRIGHT * seen ? 0 : 255;
    for (int i = 0; i < levels.length; i++) {
      levels[i] = over(ground, levels[i], alpha[i]);
    }
  }

  private static float over(float ground, float level, float alpha) {
    return ground - (ground - level) * alpha / 255;
  }
}
