package dev.lockstep.data.image;

import java.awt.image.Raster;

/**
 * Bytes of a large picture to a small one, row after row: the same bits as {@link Plane#scaled}
 * gives, without a number of 32 bits for each sample of the large one in memory.
 */
final class Shrinking {
  private static final int COLOURS = 3;

  private final Raster raster;
  private final int newWidth;
  private final byte[] samples;

  /** By band, the row that was read last, scaled across. */
  private final float[][] current;

  /** By new pixel, the first and the last old one that it covers, and how much of each. */
  private final int[] first;

  private final int[] last;
  private final double[] ofFirst;
  private final double[] ofLast;
  private final double[] covers;
  private int read = -1;

  private Shrinking(Raster raster, int newWidth) {
    this.raster = raster;
    this.newWidth = newWidth;
    int width = raster.getWidth();
    samples = new byte[width * raster.getNumBands()];
    current = new float[raster.getNumBands()][newWidth];
    first = new int[newWidth];
    last = new int[newWidth];
    ofFirst = new double[newWidth];
    ofLast = new double[newWidth];
    covers = new double[newWidth];
    double step = (double) width / newWidth;
    for (int x = 0; x < newWidth; x++) {
      double from = x * step;
      double to = Math.min(width, (x + 1) * step);
      first[x] = (int) from;
      last[x] = (int) Math.ceil(to) - 1;
      ofFirst[x] = Plane.overlap(first[x], from, to);
      ofLast[x] = Plane.overlap(last[x], from, to);
      covers[x] = to - from;
    }
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
            sums[band][x] += current[band][x] * weight;
          }
        }
      }
      for (int band = 0; band < bands; band++) {
        for (int x = 0; x < newWidth; x++) {
          planes[band][y * newWidth + x] =
              newHeight == height ? current[band][x] : (float) (sums[band][x] / (to - from));
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
    raster.getDataElements(raster.getMinX(), raster.getMinY() + row, width, 1, samples);
    int bands = current.length;
    if (newWidth == width) {
      for (int i = 0; i < width * bands; i++) {
        current[i % bands][i / bands] = samples[i] & 0xff;
      }
    } else if (bands == COLOURS) {
      scaleColours();
    } else {
      for (int band = 0; band < bands; band++) {
        scale(band, bands);
      }
    }
  }

  private void scale(int band, int bands) {
    for (int x = 0; x < newWidth; x++) {
      double sum = (samples[first[x] * bands + band] & 0xff) * ofFirst[x];
      for (int i = first[x] + 1; i < last[x]; i++) {
        sum += samples[i * bands + band] & 0xff;
      }
      if (last[x] > first[x]) {
        sum += (samples[last[x] * bands + band] & 0xff) * ofLast[x];
      }
      current[band][x] = (float) (sum / covers[x]);
    }
  }

  /** The same of three bands at once, in which a processor is three times as fast. */
  private void scaleColours() {
    for (int x = 0; x < newWidth; x++) {
      int at = first[x] * COLOURS;
      int end = last[x] * COLOURS;
      double red = (samples[at] & 0xff) * ofFirst[x];
      double green = (samples[at + 1] & 0xff) * ofFirst[x];
      double blue = (samples[at + 2] & 0xff) * ofFirst[x];
      for (int i = at + COLOURS; i < end; i += COLOURS) {
        red += samples[i] & 0xff;
        green += samples[i + 1] & 0xff;
        blue += samples[i + 2] & 0xff;
      }
      if (end > at) {
        red += (samples[end] & 0xff) * ofLast[x];
        green += (samples[end + 1] & 0xff) * ofLast[x];
        blue += (samples[end + 2] & 0xff) * ofLast[x];
      }
      current[0][x] = (float) (red / covers[x]);
      current[1][x] = (float) (green / covers[x]);
      current[2][x] = (float) (blue / covers[x]);
    }
  }
}
