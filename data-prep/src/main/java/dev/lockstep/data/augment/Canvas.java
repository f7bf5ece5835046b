package dev.lockstep.data.augment;

import dev.lockstep.data.PictureShape;

/** A picture that is being changed, with room to move its pixels. */
final class Canvas {
  private final PictureShape shape;
  private float[] levels;
  private float[] spare;

  Canvas(PictureShape shape) {
    this.shape = shape;
    levels = new float[shape.channels() * shape.plane()];
    spare = new float[levels.length];
  }

  /** Where a pixel comes from; what is outside the picture is black. */
  interface Source {
    int of(int x, int y);
  }

  /** A pixel outside. */
  static final int OUTSIDE = -1;

  int width() {
    return shape.width();
  }

  int height() {
    return shape.height();
  }

  int channels() {
    return shape.channels();
  }

  /** float32 [channels, height, width]; another array after pixels have moved. */
  float[] levels() {
    return levels;
  }

  /** Where the levels of a channel begin. */
  int plane(int channel) {
    return channel * shape.plane();
  }

  /** The number of a pixel within a plane. */
  int at(int x, int y) {
    return y * shape.width() + x;
  }

  /** Whether a place is in the picture. */
  boolean has(int x, int y) {
    return x >= 0 && x < shape.width() && y >= 0 && y < shape.height();
  }

  /** Takes each pixel from another place, in all channels alike. */
  void move(Source source) {
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        int from = source.of(x, y);
        for (int channel = 0; channel < channels(); channel++) {
          int plane = plane(channel);
          spare[plane + at(x, y)] = from == OUTSIDE ? 0 : levels[plane + from];
        }
      }
    }
    swap();
  }

  /** What a new picture is written to, before it takes the place of this one. */
  float[] spare() {
    return spare;
  }

  /** The new picture takes the place of the old one. */
  void swap() {
    float[] old = levels;
    levels = spare;
    spare = old;
  }

  /** The mean level of a channel. */
  float mean(int channel) {
    double sum = 0;
    int from = plane(channel);
    for (int i = from; i < from + shape.plane(); i++) {
      sum += levels[i];
    }
    return (float) (sum / shape.plane());
  }
}
