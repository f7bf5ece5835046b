package dev.lockstep.data.image;

import java.util.Arrays;

/**
 * Levels of grey, or of one colour.
 *
 * @param values float32 [height, width], 0 none to 255 all
 */
public record Plane(int width, int height, float[] values) {

  /** One level. */
  float at(int x, int y) {
    return values[y * width + x];
  }

  /** By how much the brightest differs from the darkest. */
  float contrast() {
    float darkest = values[0];
    float brightest = values[0];
    for (float value : values) {
      darkest = Math.min(darkest, value);
      brightest = Math.max(brightest, value);
    }
    return brightest - darkest;
  }

  /** Black for white. */
  Plane inverted() {
    float[] inverted = new float[values.length];
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = 255 - values[i];
    }
    return new Plane(width, height, inverted);
  }

  /** A part, which may reach beyond the edges: there it is black. */
  Plane window(int left, int top, int newWidth, int newHeight) {
    float[] window = new float[newWidth * newHeight];
    int from = Math.max(0, -left);
    int count = Math.min(newWidth, width - left) - from;
    for (int y = Math.max(0, -top); y < Math.min(newHeight, height - top); y++) {
      System.arraycopy(values, (top + y) * width + left + from, window, y * newWidth + from, count);
    }
    return new Plane(newWidth, newHeight, window);
  }

  /** Each level with its neighbours, weighted 1, 2, 1 across and down. */
  Plane smoothed() {
    float[] across = new float[values.length];
    float[] smoothed = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float sides = at(Math.max(0, x - 1), y) + at(Math.min(width - 1, x + 1), y);
        across[y * width + x] = (2 * at(x, y) + sides) / 4;
      }
    }
    for (int y = 0; y < height; y++) {
      int above = Math.max(0, y - 1) * width;
      int below = Math.min(height - 1, y + 1) * width;
      for (int x = 0; x < width; x++) {
        smoothed[y * width + x] =
            (2 * across[y * width + x] + across[above + x] + across[below + x]) / 4;
      }
    }
    return new Plane(width, height, smoothed);
  }

  /** With margins in which levels go on as they change at the edges. */
  Plane continued(int margin) {
    int wide = width + 2 * margin;
    int high = height + 2 * margin;
    float[] continued = new float[wide * high];
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int edgeX = clamp(x - margin, width);
        int edgeY = clamp(y - margin, height);
        int mirrorX = clamp(2 * edgeX - (x - margin), width);
        int mirrorY = clamp(2 * edgeY - (y - margin), height);
        continued[y * wide + x] = Math.max(0, 2 * at(edgeX, edgeY) - at(mirrorX, mirrorY));
      }
    }
    return new Plane(wide, high, continued);
  }

  private static int clamp(int place, int size) {
    return Math.max(0, Math.min(size - 1, place));
  }

  /** Scaled so that each new pixel is the mean of the area it covers. */
  public Plane resized(int newWidth, int newHeight) {
    return resizedAcross(newWidth).resizedDown(newHeight);
  }

  private Plane resizedAcross(int newWidth) {
    if (newWidth == width) {
      return this;
    }
    float[] resized = new float[newWidth * height];
    double step = (double) width / newWidth;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < newWidth; x++) {
        double from = x * step;
        double to = Math.min(width, (x + 1) * step);
        resized[y * newWidth + x] = (float) (sum(y, from, to) / (to - from));
      }
    }
    return new Plane(newWidth, height, resized);
  }

  /** The integral over a part of a row. */
  private double sum(int y, double from, double to) {
    int row = y * width;
    int first = (int) from;
    int last = (int) Math.ceil(to) - 1;
    double sum = values[row + first] * overlap(first, from, to);
    for (int x = first + 1; x < last; x++) {
      sum += values[row + x];
    }
    return last > first ? sum + values[row + last] * overlap(last, from, to) : sum;
  }

  /** How much of a pixel is between two places. */
  static double overlap(int pixel, double from, double to) {
    return Math.min(to, pixel + 1) - Math.max(from, pixel);
  }

  private Plane resizedDown(int newHeight) {
    if (newHeight == height) {
      return this;
    }
    float[] resized = new float[width * newHeight];
    double[] sums = new double[width];
    double step = (double) height / newHeight;
    for (int y = 0; y < newHeight; y++) {
      double from = y * step;
      double to = Math.min(height, (y + 1) * step);
      Arrays.fill(sums, 0);
      for (int row = (int) from; row < to; row++) {
        add(row, overlap(row, from, to), sums);
      }
      for (int x = 0; x < width; x++) {
        resized[y * width + x] = (float) (sums[x] / (to - from));
      }
    }
    return new Plane(width, newHeight, resized);
  }

  private void add(int row, double weight, double[] sums) {
    for (int x = 0; x < width; x++) {
      sums[x] += values[row * width + x] * weight;
    }
  }

  /** Each level to the nearest whole one. */
  Plane rounded() {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(values[i]);
    }
    return new Plane(width, height, rounded);
  }

  /**
   * Scaled as photographs are: each new pixel the mean of the area it covers where that is larger
   * than a pixel, and where it is smaller interpolated from the four nearest in each direction.
   */
  Plane scaled(int newWidth, int newHeight) {
    Plane across = newWidth <= width ? resizedAcross(newWidth) : Bicubic.across(this, newWidth);
    return newHeight <= height ? across.resizedDown(newHeight) : Bicubic.down(across, newHeight);
  }
}
