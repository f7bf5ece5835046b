package dev.lockstep.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.List;

/** Pixels of any kind to red, green and blue of sRGB, where they are transparent over white. */
final class ColourPixels {
  private static final int COLOURS = 3;
  private static final float WHITE = 255;

  private ColourPixels() {}

  /**
   * A picture that will be scaled.
   *
   * @param size to which it will be, where it may be already
   */
  static Pixels of(BufferedImage image, Pixels.Size size) {
    Raster raster = image.getRaster();
    return isBytes(image) && size.isWithin(image)
        ? pixels(size.width(), size.height(), Shrinking.of(raster, size.width(), size.height()))
        : of(image);
  }

  /** Whether it has three bytes a pixel, that are red, green and blue of sRGB: as most have. */
  static boolean isBytes(BufferedImage image) {
    Raster raster = image.getRaster();
    return !(image.getColorModel() instanceof IndexColorModel)
        && raster.getNumBands() == COLOURS
        && raster.getTransferType() == DataBuffer.TYPE_BYTE
        && isPlain(image.getColorModel(), raster);
  }

  static Pixels of(BufferedImage image) {
    Raster raster = image.getRaster();
    boolean indexed = image.getColorModel() instanceof IndexColorModel;
    if (!indexed && raster.getNumBands() < COLOURS) {
      return ofGrey(raster);
    }
    if (!indexed && isPlain(image.getColorModel(), raster)) {
      return ofSamples(raster);
    }
    return ofColours(indexed ? image : inSrgb(image));
  }

  /** Grey is the same in all three, its levels as {@link GreyPixels} has them. */
  private static Pixels ofGrey(Raster raster) {
    float[] levels = GreyPixels.levels(raster, 0);
    if (raster.getNumBands() == 2) {
      overWhite(levels, GreyPixels.levels(raster, 1));
    }
    Plane plane = new Plane(raster.getWidth(), raster.getHeight(), levels);
    return new Pixels(List.of(plane, plane, plane));
  }

  /** Samples that are sRGB as they are, with or without alpha. */
  private static boolean isPlain(ColorModel model, Raster raster) {
    int bands = COLOURS + (model.hasAlpha() ? 1 : 0);
    return model.getColorSpace().isCS_sRGB()
        && !model.isAlphaPremultiplied()
        && raster.getNumBands() == bands
        && raster.getSampleModel() instanceof ComponentSampleModel
        && (raster.getTransferType() == DataBuffer.TYPE_BYTE
            || raster.getTransferType() == DataBuffer.TYPE_USHORT);
  }

  private static Pixels ofSamples(Raster raster) {
    float[][] planes = new float[COLOURS][];
    float[] alpha = raster.getNumBands() > COLOURS ? GreyPixels.levels(raster, COLOURS) : null;
    for (int band = 0; band < COLOURS; band++) {
      planes[band] = GreyPixels.levels(raster, band);
      if (alpha != null) {
        overWhite(planes[band], alpha);
      }
    }
    return pixels(raster.getWidth(), raster.getHeight(), planes);
  }

  /** What has a profile of its own, or is of other colours than red, green and blue. */
  private static BufferedImage inSrgb(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model.getColorSpace().isCS_sRGB()) {
      return image;
    }
    BufferedImage converted =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            model.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    ColorSpace own = model.getColorSpace();
    return new ColorConvertOp(own, converted.getColorModel().getColorSpace(), null)
        .filter(image, converted);
  }

  private static Pixels ofColours(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[][] planes = new float[COLOURS][width * height];
    int[] row = new int[width];
    boolean opaque = !image.getColorModel().hasAlpha();
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int alpha = opaque ? 255 : row[x] >>> 24;
        for (int colour = 0; colour < COLOURS; colour++) {
          int level = row[x] >> 8 * (COLOURS - 1 - colour) & 0xff;
          planes[colour][y * width + x] = over(level, alpha);
        }
      }
    }
    return pixels(width, height, planes);
  }

  private static void overWhite(float[] levels, float[] alpha) {
    for (int i = 0; i < levels.length; i++) {
      levels[i] = over(levels[i], alpha[i]);
    }
  }

  /** What is seen of a level over white. */
  static float over(float level, float alpha) {
    return alpha == WHITE ? level : WHITE - (WHITE - level) * alpha / WHITE;
  }

  static Pixels pixels(int width, int height, float[][] planes) {
    return new Pixels(
        List.of(
            new Plane(width, height, planes[0]),
            new Plane(width, height, planes[1]),
            new Plane(width, height, planes[2])));
  }
}
