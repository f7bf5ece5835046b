package dev.lockstep.data.image;

/**
 * Cubic convolution (Keys 1981, with a = −1/2): goes through all levels, and gives straight slopes
 * and parabolas as they are. Beyond an edge its levels go on; what overshoots 0 or 255 is cut.
 */
final class Bicubic {
  private static final double A = -0.5;
  private static final int TAPS = 4;

  private Bicubic() {}

  /** To a larger width. */
  static Plane across(Plane image, int width) {
    float[] scaled = new float[width * image.height()];
    for (int x = 0; x < width; x++) {
      double place = place(x, image.width(), width);
      double[] weights = weights(place);
      int first = (int) Math.floor(place) - 1;
      for (int y = 0; y < image.height(); y++) {
        double sum = 0;
        for (int tap = 0; tap < TAPS; tap++) {
          sum += weights[tap] * image.at(inside(first + tap, image.width()), y);
        }
        scaled[y * width + x] = level(sum);
      }
    }
    return new Plane(width, image.height(), scaled);
  }

  /** To a larger height. */
  static Plane down(Plane image, int height) {
    float[] scaled = new float[image.width() * height];
    for (int y = 0; y < height; y++) {
      double place = place(y, image.height(), height);
      double[] weights = weights(place);
      int first = (int) Math.floor(place) - 1;
      for (int x = 0; x < image.width(); x++) {
        double sum = 0;
        for (int tap = 0; tap < TAPS; tap++) {
          sum += weights[tap] * image.at(x, inside(first + tap, image.height()));
        }
        scaled[y * image.width() + x] = level(sum);
      }
    }
    return new Plane(image.width(), height, scaled);
  }

  /** Where the middle of a new pixel is among the middles of the old ones. */
  private static double place(int pixel, int from, int to) {
    return (pixel + 0.5) * from / to - 0.5;
  }

  private static double[] weights(double place) {
    double beyond = place - Math.floor(place);
    return new double[] {far(beyond + 1), near(beyond), near(1 - beyond), far(2 - beyond)};
  }

  private static double near(double distance) {
    return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
  }

  private static double far(double distance) {
    return A * (((distance - 5) * distance + 8) * distance - 4);
  }

  private static int inside(int place, int size) {
    return Math.max(0, Math.min(size - 1, place));
  }

  private static float level(double sum) {
    return (float) Math.max(0, Math.min(255, sum));
  }
}
