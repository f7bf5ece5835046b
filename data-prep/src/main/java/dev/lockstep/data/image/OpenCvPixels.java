package dev.lockstep.data.image;

/** Pixels in memory as OpenCV, and Spark's image source, lay them out. */
public final class OpenCvPixels {
  private OpenCvPixels() {}

  /**
   * Grey levels of a picture, where it is transparent over a ground on which it can be seen.
   *
   * @param channels 1 for grey, 3 for blue, green, red, 4 for those with alpha; bytes each
   * @param data row by row; may be empty if the picture could not be decoded
   * @throws UnreadableImage if the data is of no such picture
   */
  public static GreyImage grey(int width, int height, int channels, byte[] data)
      throws UnreadableImage {
    if (width < 1 || height < 1) {
      throw new UnreadableImage("could not be decoded");
    }
    if (channels != 1 && channels != 3 && channels != 4) {
      throw new UnreadableImage("expected 1, 3 or 4 channels, found " + channels);
    }
    if (data.length != (long) width * height * channels) {
      throw new UnreadableImage(
          "expected %d bytes of pixels, found %d"
              .formatted((long) width * height * channels, data.length));
    }
    float[] levels = new float[width * height];
    float[] alpha = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      int at = i * channels;
      alpha[i] = channels == 4 ? data[at + 3] & 0xff : 0xff;
      levels[i] =
          channels == 1
              ? data[at] & 0xff
              : GreyPixels.brightness(
                  (data[at + 2] & 0xff) << 16 | (data[at + 1] & 0xff) << 8 | data[at] & 0xff);
    }
    if (channels > 1) {
      GreyPixels.overGround(levels, alpha);
    }
    return new GreyImage(width, height, levels);
  }
}
