package dev.lockstep.data.image;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A page in the making: paper, what is printed on it, what is drawn, light, and a camera's noise.
 */
final class Sheet {
  private final int width;
  private final int height;
  private final float[] levels;
  private final float[] drawn;
  private final Random random;
  private double grain;
  private boolean transparent;

  /**
   * @param digit float32 [28, 28], 0 to 1
   * @param random for what differs from page to page of a kind
   */
  Sheet(int width, int height, float[] digit, Random random) {
    this.width = width;
    this.height = height;
    this.random = random;
    levels = new float[3 * width * height];
    drawn = new float[width * height];
    int side = (int) (Math.min(width, height) * (0.5 + 0.2 * random.nextDouble()));
    int left = (width - side) / 2 + random.nextInt(11) - 5;
    int top = (height - side) / 2 + random.nextInt(11) - 5;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double value = at(digit, (x + 0.5) * 28 / side - 0.5, (y + 0.5) * 28 / side - 0.5);
        // A pen's edges are sharper than those of an enlarged picture.
        drawn[(top + y) * width + left + x] = (float) clamp((value - 0.25) * 2, 1);
      }
    }
  }

  private static double at(float[] digit, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double down = y - top;
    return (1 - down)
            * ((1 - right) * pixel(digit, left, top) + right * pixel(digit, left + 1, top))
        + down
            * ((1 - right) * pixel(digit, left, top + 1) + right * pixel(digit, left + 1, top + 1));
  }

  private static float pixel(float[] digit, int x, int y) {
    return x < 0 || y < 0 || x > 27 || y > 27 ? 0 : digit[28 * y + x];
  }

  private static double clamp(double value, double largest) {
    return Math.max(0, Math.min(largest, value));
  }

  private void blend(int pixel, Color colour, double share) {
    float[] rgb = colour.getRGBColorComponents(null);
    for (int c = 0; c < 3; c++) {
      int at = 3 * pixel + c;
      levels[at] += share * (255 * rgb[c] - levels[at]);
    }
  }

  Sheet paper(Color colour) {
    for (int i = 0; i < width * height; i++) {
      blend(i, colour, 1);
    }
    return this;
  }

  /** How unevenly ink takes. */
  Sheet grain(double share) {
    grain = share;
    return this;
  }

  Sheet ink(Color colour) {
    for (int i = 0; i < width * height; i++) {
      if (drawn[i] > 0) {
        blend(i, colour, drawn[i] * (1 - grain * random.nextDouble()));
      }
    }
    return this;
  }

  /** Nothing but the ink. */
  Sheet transparent() {
    transparent = true;
    return this;
  }

  /**
   * Printed lines.
   *
   * @param across 1 if they are from left to right
   * @param down 1 if they are from top to bottom
   */
  Sheet lines(int spacing, Color colour, Random kind, int across, int down) {
    int thickness = 1 + kind.nextInt(2);
    double tilt = 0.03 * (kind.nextDouble() - 0.5);
    int start = spacing > Math.max(width, height) ? 25 : kind.nextInt(spacing);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double place = across * (y + tilt * x) + down * (x + tilt * y) - start;
        double within = ((place % spacing) + spacing) % spacing;
        if (within < thickness) {
          blend(y * width + x, colour, 1);
        }
      }
    }
    return this;
  }

  Sheet specks(Random kind, int count, int size) {
    for (int i = 0; i < count; i++) {
      int left = random.nextInt(width - size);
      int top = random.nextInt(height - size);
      for (int at = 0; at < size * size; at++) {
        blend((top + at / size) * width + left + at % size, Color.DARK_GRAY, 0.6 + 0.4 * i / count);
      }
    }
    return this;
  }

  Sheet frame(int margin, int thickness, Color colour) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int inside = Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y));
        if (inside >= margin && inside < margin + thickness) {
          blend(y * width + x, colour, 1);
        }
      }
    }
    return this;
  }

  /** How much light there is at a place, from −1 to 1 in both directions. */
  private interface Light {
    double at(double x, double y);
  }

  private Sheet lit(Light light) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double share = light.at(2.0 * x / width - 1, 2.0 * y / height - 1);
        for (int c = 0; c < 3; c++) {
          levels[3 * (y * width + x) + c] *= share;
        }
      }
    }
    return this;
  }

  Sheet light(double share) {
    return lit((x, y) -> share);
  }

  /** From full light on one side to some of it on the other. */
  Sheet slope(Random kind, double darkest) {
    double angle = 2 * Math.PI * kind.nextDouble();
    return lit(
        (x, y) ->
            1 - (1 - darkest) * clamp((x * Math.cos(angle) + y * Math.sin(angle)) / 2.6 + 0.5, 1));
  }

  /** Brightest around a place. */
  Sheet lamp(Random kind, double darkest) {
    double centreX = kind.nextDouble() - 0.5;
    double centreY = kind.nextDouble() - 0.5;
    return lit(
        (x, y) ->
            darkest
                + (1 - darkest)
                    * Math.exp(
                        -0.8 * ((x - centreX) * (x - centreX) + (y - centreY) * (y - centreY))));
  }

  /** Behind an edge, which may be soft. */
  Sheet shadow(Random kind, double share, int softness) {
    double angle = 2 * Math.PI * kind.nextDouble();
    double edge = 0.8 * (kind.nextDouble() - 0.5);
    double slope = width / 2.0 / (softness + 0.5);
    return lit(
        (x, y) ->
            1
                - (1 - share)
                    * clamp((x * Math.cos(angle) + y * Math.sin(angle) - edge) * slope + 0.5, 1));
  }

  Sheet noise(double deviation) {
    for (int i = 0; i < levels.length; i++) {
      levels[i] += deviation * random.nextGaussian();
    }
    return this;
  }

  BufferedImage image() {
    BufferedImage image =
        new BufferedImage(
            width, height, transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int alpha = transparent ? Math.round(255 * drawn[i]) : 255;
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        double level = transparent && alpha > 0 ? levels[3 * i + c] / drawn[i] : levels[3 * i + c];
        rgb = rgb << 8 | (int) Math.round(clamp(level, 255));
      }
      image.setRGB(i % width, i / width, alpha << 24 | rgb);
    }
    return image;
  }
}
