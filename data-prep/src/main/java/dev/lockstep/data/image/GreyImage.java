package dev.lockstep.data.image;

/**
 * Grey levels.
 *
 * @param values float32 [height, width], 0 black to 255 white
 */
public record GreyImage(int width, int height, float[] values) {

  /** One level. */
  float at(int x, int y) {
    return values[y * width + x];
  }

  /** Black for white. */
  GreyImage inverted() {
    float[] inverted = new float[values.length];
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = 255 - values[i];
    }
    return new GreyImage(width, height, inverted);
  }

  /** A part, which may reach beyond the edges: there it is black. */
  GreyImage window(int left, int top, int newWidth, int newHeight) {
    float[] window = new float[newWidth * newHeight];
    for (int y = Math.max(0, -top); y < Math.min(newHeight, height - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(newWidth, width - left); x++) {
        window[y * newWidth + x] = at(left + x, top + y);
      }
    }
    return new GreyImage(newWidth, newHeight, window);
  }

  /** Scaled so that each new pixel is the mean of the area it covers. */
  public GreyImage resized(int newWidth, int newHeight) {
    return resizedAcross(newWidth).transposed().resizedAcross(newHeight).transposed();
  }

  private GreyImage resizedAcross(int newWidth) {
    if (newWidth == width) {
      return this;
    }
    float[] resized = new float[newWidth * height];
    double step = (double) width / newWidth;
    for (int x = 0; x < newWidth; x++) {
      double from = x * step;
      double to = Math.min(width, (x + 1) * step);
      for (int y = 0; y < height; y++) {
        resized[y * newWidth + x] = (float) (sum(y, from, to) / (to - from));
      }
    }
    return new GreyImage(newWidth, height, resized);
  }

  /** The integral over a part of a row. */
  private double sum(int y, double from, double to) {
    double sum = 0;
    for (int x = (int) from; x < to; x++) {
      sum += at(x, y) * (Math.min(to, x + 1) - Math.max(from, x));
    }
    return sum;
  }

  private GreyImage transposed() {
    float[] transposed = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        transposed[x * height + y] = at(x, y);
      }
    }
    return new GreyImage(height, width, transposed);
  }
}
