package dev.lockstep.data.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

/**
 * How a picture of another size comes to the network's. A picture that has the network's size is
 * taken as it is. Colours, and all that is cropped, are made smaller by means over areas and larger
 * by bicubic interpolation, and rounded to whole levels; grey levels by areas either way.
 */
public enum ImageFit {
  /**
   * Of grey pictures, what is drawn being bright on black, as MNIST was made (LeCun, Bottou, Bengio
   * and Haffner 1998): what is drawn is scaled to fit a box of 20 pixels in 28, keeping its
   * proportions, and its centre of mass is put on the pixel right below the middle, number 14 of 0
   * to 27, where MNIST's own images have it.
   */
  MNIST {
    @Override
    Plane scale(Plane image, int width, int height) {
      Plane drawn = drawn(image);
      double scale = Math.min(BOX * width / drawn.width(), BOX * height / drawn.height());
      Plane small =
          drawn.resized(
              (int) Math.max(1, Math.round(drawn.width() * scale)),
              (int) Math.max(1, Math.round(drawn.height() * scale)));
      double mass = 0;
      double xMass = 0;
      double yMass = 0;
      for (int y = 0; y < small.height(); y++) {
        for (int x = 0; x < small.width(); x++) {
          mass += small.at(x, y);
          xMass += small.at(x, y) * x;
          yMass += small.at(x, y) * y;
        }
      }
      int left = mass == 0 ? 0 : (int) Math.round(xMass / mass - width / 2.0);
      int top = mass == 0 ? 0 : (int) Math.round(yMass / mass - height / 2.0);
      return small.window(
          clamp(left, small.width() - width), clamp(top, small.height() - height), width, height);
    }
  },
  /**
   * So that the field is filled, keeping the proportions; of what is longer, the middle is taken.
   */
  CROP {
    @Override
    Plane scale(Plane image, int width, int height) {
      return scaleColour(image, width, height);
    }

    @Override
    Plane scaleColour(Plane image, int width, int height) {
      return middle(
          image, whole(image.width(), image.height(), width, height).get(), width, height);
    }
  },
  /** To the whole field, whatever becomes of the proportions. */
  STRETCH {
    @Override
    Plane scale(Plane image, int width, int height) {
      return image.resized(width, height);
    }

    @Override
    Plane scaleColour(Plane image, int width, int height) {
      return image.scaled(width, height);
    }
  },
  /** To the whole field with black margins, keeping the proportions. */
  PAD {
    @Override
    Plane scale(Plane image, int width, int height) {
      int wide = Math.max(image.width(), (int) Math.ceil((double) image.height() * width / height));
      int high = Math.max(image.height(), (int) Math.ceil((double) image.width() * height / width));
      return image
          .window((image.width() - wide) / 2, (image.height() - high) / 2, wide, high)
          .resized(width, height);
    }

    @Override
    Plane scaleColour(Plane image, int width, int height) {
      return middle(
          image, whole(image.width(), image.height(), width, height).get(), width, height);
    }
  },
  /** Not at all: another size is an error. */
  NONE {
    @Override
    Plane scale(Plane image, int width, int height) throws UnreadableImage {
      throw new UnreadableImage(
          "has %d x %d pixels, the network takes %d x %d: choose another --fit"
              .formatted(image.width(), image.height(), width, height));
    }
  };

  private static final double BOX = 20.0 / 28;

  /** Grey levels above this are drawn, others are the ground. */
  static final float GROUND = 25;

  Plane apply(Plane image, int width, int height) throws UnreadableImage {
    return image.width() == width && image.height() == height ? image : scale(image, width, height);
  }

  Pixels apply(Pixels picture, int width, int height) throws UnreadableImage {
    List<Plane> planes = new ArrayList<>();
    for (Plane plane : picture.planes()) {
      boolean whole = plane.width() == width && plane.height() == height;
      if (picture.channels() == Channels.GREY) {
        planes.add(apply(plane, width, height));
      } else {
        planes.add(whole ? plane : scaleColour(plane, width, height));
      }
    }
    boolean grey = picture.channels() == Channels.GREY && this != CROP;
    return grey ? new Pixels(planes) : new Pixels(planes).rounded();
  }

  /** Grey levels to another size. */
  abstract Plane scale(Plane image, int width, int height) throws UnreadableImage;

  /** One of several colours to another size. */
  Plane scaleColour(Plane image, int width, int height) throws UnreadableImage {
    return scale(image, width, height);
  }

  /** Scaled, and cut or padded with black around the middle. */
  private static Plane middle(Plane image, Pixels.Size whole, int width, int height) {
    return image
        .scaled(whole.width(), whole.height())
        .window((whole.width() - width) / 2, (whole.height() - height) / 2, width, height);
  }

  private static Pixels.Size whole(
      int wide, int high, double scale, int width, int height, IntBinaryOperator bound) {
    return new Pixels.Size(
        Math.max(1, bound.applyAsInt(width, (int) Math.round(wide * scale))),
        Math.max(1, bound.applyAsInt(height, (int) Math.round(high * scale))));
  }

  /**
   * To what size a whole picture in colour is scaled, before it is cut or padded.
   *
   * @param wide the picture's width
   * @param high the picture's height
   */
  Optional<Pixels.Size> whole(int wide, int high, int width, int height) {
    double across = (double) width / wide;
    double down = (double) height / high;
    return switch (this) {
      case CROP -> Optional.of(whole(wide, high, Math.max(across, down), width, height, Math::max));
      case PAD -> Optional.of(whole(wide, high, Math.min(across, down), width, height, Math::min));
      case STRETCH -> Optional.of(new Pixels.Size(width, height));
      default -> Optional.empty();
    };
  }

  /** The smallest part that holds all that is drawn; the whole if nothing is. */
  private static Plane drawn(Plane image) {
    int left = image.width();
    int right = -1;
    int top = image.height();
    int bottom = -1;
    for (int y = 0; y < image.height(); y++) {
      int first = 0;
      while (first < image.width() && image.at(first, y) <= GROUND) {
        first++;
      }
      if (first < image.width()) {
        int last = image.width() - 1;
        while (image.at(last, y) <= GROUND) {
          last--;
        }
        left = Math.min(left, first);
        right = Math.max(right, last);
        top = Math.min(top, y);
        bottom = y;
      }
    }
    return right < 0 ? image : image.window(left, top, right - left + 1, bottom - top + 1);
  }

  /** Between a negative margin and 0, so that nothing drawn is cut off. */
  private static int clamp(int offset, int margin) {
    return Math.max(margin, Math.min(0, offset));
  }
}
