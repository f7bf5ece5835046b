package dev.lockstep.data.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * What a file says of its colours by an embedded profile (ICC.1), where the reader of its format
 * does not heed it: of PNG, in its part iCCP. Those of JPEG, TIFF and WebP do themselves.
 *
 * @param colours empty if there is none, or it cannot be used
 */
record IccProfile(Optional<ColorSpace> colours) {
  private static final IccProfile NONE = new IccProfile(Optional.empty());

  /** More than any has. */
  private static final int MAX_BYTES = 32 << 20;

  static IccProfile of(byte[] content) {
    if (!FileChunk.isPng(content)) {
      return NONE;
    }
    return FileChunk.find(content, "iCCP")
        .flatMap(chunk -> profile(content, chunk))
        .map(profile -> new IccProfile(Optional.of(new ICC_ColorSpace(profile))))
        .orElse(NONE);
  }

  /** Its name, a zero byte, how it is compressed, which is always so, and the profile. */
  private static Optional<ICC_Profile> profile(byte[] content, FileChunk chunk) {
    int at = chunk.data();
    int end = (int) chunk.end();
    while (at < end && content[at] != 0) {
      at++;
    }
    if (at + 2 >= end) {
      return Optional.empty();
    }
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(content, at + 2, end - at - 2))) {
      return Optional.of(ICC_Profile.getInstance(in.readNBytes(MAX_BYTES)));
    } catch (IOException | IllegalArgumentException e) {
      // As browsers do: without a profile that is none, the picture is sRGB.
      return Optional.empty();
    }
  }

  /** The picture with these colours, if it is to be read in colour and has as many. */
  BufferedImage given(BufferedImage image, Channels channels) {
    if (channels != Channels.RGB
        || colours.isEmpty()
        || colours.get().getType() != ColorSpace.TYPE_RGB
        || image.getRaster().getNumBands() == 2) {
      return image;
    }
    BufferedImage samples =
        image.getColorModel() instanceof IndexColorModel ? withoutPalette(image) : image;
    ColorModel model = samples.getColorModel();
    if (model.getNumColorComponents() != colours.get().getNumComponents()) {
      return image;
    }
    ColorModel own =
        new ComponentColorModel(
            colours.get(),
            model.hasAlpha(),
            model.isAlphaPremultiplied(),
            model.getTransparency(),
            model.getTransferType());
    return new BufferedImage(own, samples.getRaster(), model.isAlphaPremultiplied(), null);
  }

  private static BufferedImage withoutPalette(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage samples =
        new BufferedImage(
            width,
            height,
            image.getColorModel().hasAlpha()
                ? BufferedImage.TYPE_4BYTE_ABGR
                : BufferedImage.TYPE_3BYTE_BGR);
    samples.setRGB(
        0, 0, width, height, image.getRGB(0, 0, width, height, null, 0, width), 0, width);
    return samples;
  }
}
