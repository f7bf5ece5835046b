package dev.lockstep.data.image;

import dev.lockstep.data.PictureShape;
import java.awt.image.BufferedImage;

/** Examples that are pictures, to be shown or written. */
public final class PlanarPicture {
  private PlanarPicture() {}

  /**
   * An example as a picture.
   *
   * @param levels unsigned bytes [channels, height, width]
   */
  public static BufferedImage of(PictureShape shape, byte[] levels) {
    int width = shape.width();
    int height = shape.height();
    if (shape.channels() == 1) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setDataElements(0, 0, width, height, levels);
      return image;
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] interleaved = new byte[levels.length];
    for (int i = 0; i < shape.plane(); i++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        interleaved[i * shape.channels() + channel] = levels[channel * shape.plane() + i];
      }
    }
    image.getRaster().setDataElements(0, 0, width, height, interleaved);
    return image;
  }
}
