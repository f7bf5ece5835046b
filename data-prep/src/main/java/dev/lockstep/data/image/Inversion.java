package dev.lockstep.data.image;

/** Whether black and white change places, so that what is drawn is bright. */
public enum Inversion {
  /** If the picture's border is bright. */
  AUTO,
  YES,
  NO;

  private static final double MIDDLE = 127.5;

  Plane apply(Plane image) {
    return isBright(image) ? image.inverted() : image;
  }

  Pixels apply(Pixels picture) {
    return this != NO && isBright(picture.brightness()) ? picture.each(Plane::inverted) : picture;
  }

  private boolean isBright(Plane image) {
    return this == YES || this == AUTO && border(image) > MIDDLE;
  }

  /** Whether ink is darker than a page, by the page itself where it is not said. */
  boolean isDark(Plane page) {
    return this == YES || this == AUTO && Polarity.isDark(page);
  }

  private static double border(Plane image) {
    double sum = 0;
    for (int x = 0; x < image.width(); x++) {
      sum += image.at(x, 0) + image.at(x, image.height() - 1);
    }
    for (int y = 0; y < image.height(); y++) {
      sum += image.at(0, y) + image.at(image.width() - 1, y);
    }
    return sum / (2.0 * (image.width() + image.height()));
  }
}
