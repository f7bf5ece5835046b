package dev.lockstep.data.image;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Preprocessing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a picture becomes a network's input.
 *
 * @param width of the input
 * @param height of the input
 * @param channels as what it is read; of what an earlier version has written, grey
 */
public record ImagePreprocessing(
    int width, int height, ImageFit fit, Inversion inversion, Channels channels)
    implements Preprocessing {

  /**
   * Keeps apart what does not go together.
   *
   * @throws DataError if colours were to be fitted as MNIST was
   */
  public ImagePreprocessing {
    channels = Objects.requireNonNullElse(channels, Channels.GREY);
    if (channels != Channels.GREY && fit == ImageFit.MNIST) {
      throw new DataError(
          "pictures in colour cannot be fitted as MNIST was, which is of grey ones: choose the fit"
              + " crop, stretch, pad or none");
    }
  }

  /** Of grey levels. */
  public ImagePreprocessing(int width, int height, ImageFit fit, Inversion inversion) {
    this(width, height, fit, inversion, Channels.GREY);
  }

  /** That of pictures, if what was found is such. */
  public static Optional<ImagePreprocessing> of(Optional<Preprocessing> found) {
    return found.filter(ImagePreprocessing.class::isInstance).map(ImagePreprocessing.class::cast);
  }

  /** How many values a picture becomes. */
  public int length() {
    return width * height * channels.count();
  }

  /** The shape of the values: [height, width], or of colours [3, height, width]. */
  public List<Integer> shape() {
    return channels == Channels.GREY
        ? List.of(height, width)
        : List.of(channels.count(), height, width);
  }

  /**
   * Prepares a picture.
   *
   * @throws BlankPicture if something should be drawn on it and nothing is
   * @throws UnreadableImage if it has another size than the only one that can be used
   */
  public Pixels prepare(Pixels picture) throws UnreadableImage {
    Pixels drawn;
    if (fit == ImageFit.MNIST && !hasSize(picture)) {
      drawn = new Pixels(List.of(Ink.of(picture.planes().get(0), inversion)));
    } else {
      drawn = inversion.apply(picture);
    }
    if (fit == ImageFit.MNIST && drawn.planes().get(0).contrast() <= ImageFit.GROUND) {
      throw new BlankPicture();
    }
    return fit.apply(drawn, width, height);
  }

  private boolean hasSize(Pixels picture) {
    return picture.width() == width && picture.height() == height;
  }

  /**
   * Reads a picture file.
   *
   * @param content of the file
   * @return float32 [channels, height, width], levels 0..255
   * @throws UnreadableImage if it is none that can be used
   */
  public float[] read(byte[] content) throws UnreadableImage {
    return prepare(ImageDecoder.decode(content, this)).values();
  }
}
