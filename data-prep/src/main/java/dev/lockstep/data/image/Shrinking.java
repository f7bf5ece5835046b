package dev.lockstep.data.image;

import java.awt.image.Raster;

/**
 * Bytes of a large picture to a small one, row after row: the same bits as {@link Plane#scaled}
 * gives, without a number of 32 bits for each sample of the large one in memory.
 */
final class Shrinking {
  private final Raster raster;
  private final int newWidth;
  private final byte[] samples;
  private final Plane[] current;
  private int read = -1;

  private Shrinking(Raster raster, int newWidth) {
    this.raster = raster;
    this.newWidth = newWidth;
    samples = new byte[raster.getWidth() * raster.getNumBands()];
    current = new Plane[raster.getNumBands()];
  }

  /**
   * The planes of a small picture.
   *
   * @param raster of bytes in bands
   * @param newWidth at most the raster's, and so is the height
   */
  static float[][] of(Raster raster, int newWidth, int newHeight) {
    return new Shrinking(raster, newWidth).planes(newHeight);
  }

  private float[][] planes(int newHeight) {
    int bands = current.length;
    int height = raster.getHeight();
    float[][] planes = new float[bands][newWidth * newHeight];
    double step = (double) height / newHeight;
    for (int y = 0; y < newHeight; y++) {
      double from = y * step;
      double to = Math.min(height, (y + 1) * step);
      double[][] sums = new double[bands][newWidth];
      for (int row = (int) from; row < to; row++) {
        read(row);
        double weight = Plane.overlap(row, from, to);
        for (int band = 0; band < bands; band++) {
          for (int x = 0; x < newWidth; x++) {
            sums[band][x] += current[band].values()[x] * weight;
          }
        }
      }
      for (int band = 0; band < bands; band++) {
        for (int x = 0; x < newWidth; x++) {
          planes[band][y * newWidth + x] =
              newHeight == height
                  ? current[band].values()[x]
                  : (float) (sums[band][x] / (to - from));
        }
      }
    }
    return planes;
  }

  /** One row, each band of it scaled across; the last one of a new row is the first of the next. */
  private void read(int row) {
    if (row == read) {
      return;
    }
    read = row;
    int width = raster.getWidth();
    int bands = current.length;
    raster.getDataElements(raster.getMinX(), raster.getMinY() + row, width, 1, samples);
    for (int band = 0; band < bands; band++) {
      float[] levels = new float[width];
      for (int x = 0; x < width; x++) {
        levels[x] = samples[x * bands + band] & 0xff;
      }
      current[band] = new Plane(width, 1, levels).scaled(newWidth, 1);
    }
  }
}
