package dev.lockstep.data.image;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A picture.
 *
 * @param planes one of grey levels, or three of the same size: red, green and blue
 */
public record Pixels(List<Plane> planes) {

  public Pixels {
    planes = List.copyOf(planes);
  }

  /** A picture of any kind as grey levels or colours, over a ground where it is transparent. */
  public static Pixels of(BufferedImage image, Channels channels) {
    return channels == Channels.GREY
        ? new Pixels(List.of(GreyPixels.of(image)))
        : ColourPixels.of(image);
  }

  /** Of a size to which a whole picture is scaled. */
  record Size(int width, int height) {
    boolean isWithin(BufferedImage image) {
      return width <= image.getWidth() && height <= image.getHeight();
    }
  }

  /** In pixels. */
  public int width() {
    return planes.get(0).width();
  }

  /** In pixels. */
  public int height() {
    return planes.get(0).height();
  }

  /** As what it was read. */
  public Channels channels() {
    return Channels.of(planes.size()).orElseThrow();
  }

  /** The levels of one plane after the other: float32 [channels, height, width], 0 to 255. */
  public float[] values() {
    if (planes.size() == 1) {
      return planes.get(0).values();
    }
    int length = planes.get(0).values().length;
    float[] values = new float[planes.size() * length];
    for (int plane = 0; plane < planes.size(); plane++) {
      System.arraycopy(planes.get(plane).values(), 0, values, plane * length, length);
    }
    return values;
  }

  /** The same done to each plane. */
  Pixels each(UnaryOperator<Plane> change) {
    return new Pixels(planes.stream().map(change).toList());
  }

  /** Brightness, by which it is told what is dark: of colours their mean. */
  Plane brightness() {
    if (planes.size() == 1) {
      return planes.get(0);
    }
    float[] mean = new float[planes.get(0).values().length];
    for (Plane plane : planes) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += plane.values()[i] / planes.size();
      }
    }
    return new Plane(width(), height(), mean);
  }

  /** Scaled so that each new pixel is the mean of the area it covers. */
  public Pixels resized(int newWidth, int newHeight) {
    return each(plane -> plane.resized(newWidth, newHeight));
  }

  /** To whole levels. */
  Pixels rounded() {
    return each(Plane::rounded);
  }
}
