package dev.lockstep.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/** Pixels of any kind to grey levels, over white. */
final class GreyPixels {
  private GreyPixels() {}

  static GreyImage of(BufferedImage image) {
    boolean coloured =
        image.getColorModel() instanceof IndexColorModel || image.getRaster().getNumBands() > 2;
    float[] levels = coloured ? ofColours(image) : ofSamples(image.getRaster());
    return new GreyImage(image.getWidth(), image.getHeight(), levels);
  }

  private static float[] ofColours(BufferedImage image) {
    int width = image.getWidth();
    float[] levels = new float[width * image.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        levels[y * width + x] = luma(row[x]);
      }
    }
    return levels;
  }

  /** From the samples, since {@code getRGB} takes grey for linear light and brightens it. */
  private static float[] ofSamples(Raster raster) {
    float[] levels = levels(raster, 0);
    if (raster.getNumBands() == 2) {
      float[] alpha = levels(raster, 1);
      for (int i = 0; i < levels.length; i++) {
        levels[i] = overWhite(levels[i], alpha[i]);
      }
    }
    return levels;
  }

  private static float[] levels(Raster raster, int band) {
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
  static float luma(int argb) {
    float level =
        0.299f * (argb >> 16 & 0xff) + 0.587f * (argb >> 8 & 0xff) + 0.114f * (argb & 0xff);
    return overWhite(level, argb >>> 24);
  }

  private static float overWhite(float level, float alpha) {
    return 255 - (255 - level) * alpha / 255;
  }
}
