package dev.lockstep.data.image;

import java.util.List;

/** Pixels in memory as OpenCV, and Spark's image source, lay them out. */
public final class OpenCvPixels {
  private OpenCvPixels() {}

  /**
   * A picture, where it is transparent over a ground: grey levels over one on which they can be
   * seen, colours over white.
   *
   * @param bands 1 for grey, 3 for blue, green, red, 4 for those with alpha; bytes each
   * @param data row by row; may be empty if the picture could not be decoded
   * @param channels as what it is read
   * @throws UnreadableImage if the data is of no such picture
   */
  public static Pixels read(int width, int height, int bands, byte[] data, Channels channels)
      throws UnreadableImage {
    if (width < 1 || height < 1) {
      throw new UnreadableImage("could not be decoded");
    }
    if (bands != 1 && bands != 3 && bands != 4) {
      throw new UnreadableImage("expected 1, 3 or 4 channels, found " + bands);
    }
    if (data.length != (long) width * height * bands) {
      throw new UnreadableImage(
          "expected %d bytes of pixels, found %d"
              .formatted((long) width * height * bands, data.length));
    }
    return channels == Channels.GREY
        ? new Pixels(List.of(grey(width, height, bands, data)))
        : colours(width, height, bands, data);
  }

  private static Plane grey(int width, int height, int bands, byte[] data) {
    float[] levels = new float[width * height];
    float[] alpha = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      int at = i * bands;
      alpha[i] = bands == 4 ? data[at + 3] & 0xff : 0xff;
      levels[i] =
          bands == 1
              ? data[at] & 0xff
              : GreyPixels.brightness(
                  (data[at + 2] & 0xff) << 16 | (data[at + 1] & 0xff) << 8 | data[at] & 0xff);
    }
    if (bands > 1) {
      GreyPixels.overGround(levels, alpha);
    }
    return new Plane(width, height, levels);
  }

  private static Pixels colours(int width, int height, int bands, byte[] data) {
    float[][] planes = new float[3][width * height];
    for (int i = 0; i < width * height; i++) {
      int at = i * bands;
      int alpha = bands == 4 ? data[at + 3] & 0xff : 0xff;
      for (int colour = 0; colour < planes.length; colour++) {
        int level = data[bands == 1 ? at : at + planes.length - 1 - colour] & 0xff;
        planes[colour][i] = ColourPixels.over(level, alpha);
      }
    }
    return ColourPixels.pixels(width, height, planes);
  }
}
