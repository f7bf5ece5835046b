package dev.lockstep.data.image;

import java.io.Serializable;

/**
 * How a picture becomes a network's input.
 *
 * @param width of the input
 * @param height of the input
 */
public record ImagePreprocessing(int width, int height, ImageFit fit, Inversion inversion)
    implements Serializable {
  private static final float WHITE = 255;

  /** Prepares a picture. */
  public GreyImage prepare(GreyImage image) throws UnreadableImage {
    return fit.apply(inversion.apply(image), width, height);
  }

  /**
   * Reads a picture file.
   *
   * @param content of the file
   * @param features receives float32 [row, height, width], 0..1
   * @throws UnreadableImage if it is none that can be used
   */
  public void read(byte[] content, float[] features, int row) throws UnreadableImage {
    write(ImageDecoder.decode(content), features, row);
  }

  /**
   * Writes a picture as the network reads it.
   *
   * @param features receives float32 [row, height, width], 0..1
   * @throws UnreadableImage if it is none that can be used
   */
  public void write(GreyImage image, float[] features, int row) throws UnreadableImage {
    float[] levels = prepare(image).values();
    for (int i = 0; i < levels.length; i++) {
      features[row * levels.length + i] = levels[i] / WHITE;
    }
  }
}
