package dev.lockstep.data;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The shape of examples that are pictures.
 *
 * @param channels 1 of grey, 3 of red, green and blue: the planes that an example has one after the
 *     other
 */
public record PictureShape(int height, int width, int channels) implements Serializable {
  private static final int COLOURS = 3;

  /** Of [height, width], [1, height, width] or [3, height, width]; others are no pictures. */
  static Optional<PictureShape> of(List<Integer> shape) {
    if (shape.size() == 2) {
      return Optional.of(new PictureShape(shape.get(0), shape.get(1), 1));
    }
    boolean planes = shape.size() == COLOURS && (shape.get(0) == 1 || shape.get(0) == COLOURS);
    return planes
        ? Optional.of(new PictureShape(shape.get(1), shape.get(2), shape.get(0)))
        : Optional.empty();
  }

  /** How many values a plane has. */
  public int plane() {
    return height * width;
  }
}
