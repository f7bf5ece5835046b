package dev.lockstep.data.image;

import dev.lockstep.data.Preprocessing;
import java.util.Optional;

/**
 * How a picture becomes a network's input.
 *
 * @param width of the input
 * @param height of the input
 */
public record ImagePreprocessing(int width, int height, ImageFit fit, Inversion inversion)
    implements Preprocessing {

  /** That of pictures, if what was found is such. */
  public static Optional<ImagePreprocessing> of(Optional<Preprocessing> found) {
    return found.filter(ImagePreprocessing.class::isInstance).map(ImagePreprocessing.class::cast);
  }

  /**
   * Prepares a picture.
   *
   * @throws BlankPicture if something should be drawn on it and nothing is
   * @throws UnreadableImage if it has another size than the only one that can be used
   */
  public GreyImage prepare(GreyImage image) throws UnreadableImage {
    boolean page = fit == ImageFit.MNIST && (image.width() != width || image.height() != height);
    GreyImage drawn = page ? Ink.of(image, inversion) : inversion.apply(image);
    if (fit == ImageFit.MNIST && drawn.contrast() <= ImageFit.GROUND) {
      throw new BlankPicture();
    }
    return fit.apply(drawn, width, height);
  }

  /**
   * Reads a picture file.
   *
   * @param content of the file
   * @return float32 [height, width], grey levels 0..255
   * @throws UnreadableImage if it is none that can be used
   */
  public float[] read(byte[] content) throws UnreadableImage {
    return prepare(ImageDecoder.decode(content)).values();
  }
}
