package dev.lockstep.data.image;

/**
 * Whether what is drawn is darker or brighter than what it is drawn on: by which more of a page
 * differs from the median around it, the middle counting most.
 */
final class Polarity {
  private static final int SIDE = 64;
  private static final int LEVELS = 256;

  private Polarity() {}

  static boolean isDark(Plane page) {
    double scale = Math.min(1, (double) SIDE / Math.max(page.width(), page.height()));
    Plane small =
        page.resized(
            (int) Math.max(1, Math.round(page.width() * scale)),
            (int) Math.max(1, Math.round(page.height() * scale)));
    float[] around = medians(small, Math.max(small.width(), small.height()) / 5);
    double dark = 0;
    double bright = 0;
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        double away =
            Math.max(Math.abs(2.0 * x / small.width() - 1), Math.abs(2.0 * y / small.height() - 1));
        double difference = small.at(x, y) - around[y * small.width() + x];
        double weight = difference * difference * (1.2 - away);
        if (difference < 0) {
          dark += weight;
        } else {
          bright += weight;
        }
      }
    }
    return dark >= bright;
  }

  /** The median in a square around each pixel. */
  private static float[] medians(Plane image, int reach) {
    float[] medians = new float[image.values().length];
    for (int y = 0; y < image.height(); y++) {
      int[] counts = new int[LEVELS];
      int all = 0;
      for (int x = -reach; x < image.width(); x++) {
        all += count(image, x + reach, y, reach, counts, 1);
        all -= count(image, x - reach - 1, y, reach, counts, -1);
        if (x >= 0) {
          int level = 0;
          for (int below = counts[0]; 2 * below < all; below += counts[level]) {
            level++;
          }
          medians[y * image.width() + x] = level;
        }
      }
    }
    return medians;
  }

  private static int count(Plane image, int x, int y, int reach, int[] counts, int times) {
    if (x < 0 || x >= image.width()) {
      return 0;
    }
    int first = Math.max(0, y - reach);
    int last = Math.min(image.height() - 1, y + reach);
    for (int row = first; row <= last; row++) {
      counts[Math.max(0, Math.min(LEVELS - 1, Math.round(image.at(x, row))))] += times;
    }
    return last - first + 1;
  }
}
