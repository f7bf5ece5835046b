package dev.lockstep.data.image;

/**
 * What a page would be without anything on it: the morphological closing of its levels (Serra
 * 1982), which fills all that is dark and thinner than a window, and keeps the edges of shadows.
 */
final class Ground {
  /** The window's side, as a part of the picture's longer side: wider than strokes are. */
  private static final double WINDOW = 0.2;

  private Ground() {}

  /** Of a page with dark ink. */
  static Plane of(Plane page) {
    int reach = (int) Math.max(3, Math.round(WINDOW / 2 * Math.max(page.width(), page.height())));
    Plane wide = page.continued(reach);
    float[] rows = extremes(wide.values(), wide.width(), reach, 1);
    float[] across = transposed(rows, wide.width(), wide.height());
    float[] columns = extremes(across, wide.height(), reach, 1);
    columns = extremes(columns, wide.height(), reach, -1);
    rows = extremes(transposed(columns, wide.height(), wide.width()), wide.width(), reach, -1);
    return new Plane(wide.width(), wide.height(), rows)
        .window(reach, reach, page.width(), page.height());
  }

  /** The largest, or with −1 the smallest, values up to some places before and behind, by rows. */
  private static float[] extremes(float[] values, int width, int reach, int sign) {
    float[] extremes = new float[values.length];
    int[] queue = new int[width];
    for (int row = 0; row < values.length; row += width) {
      int head = 0;
      int tail = 0;
      for (int x = 0; x < width + reach; x++) {
        if (x < width) {
          while (tail > head && sign * values[row + queue[tail - 1]] <= sign * values[row + x]) {
            tail--;
          }
          queue[tail++] = x;
        }
        int centre = x - reach;
        if (centre >= 0) {
          while (queue[head] < centre - reach) {
            head++;
          }
          extremes[row + centre] = values[row + queue[head]];
        }
      }
    }
    return extremes;
  }

  private static float[] transposed(float[] values, int width, int height) {
    float[] transposed = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        transposed[x * height + y] = values[y * width + x];
      }
    }
    return transposed;
  }
}
