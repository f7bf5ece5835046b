package dev.lockstep.data.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Picture files to pixels: the first picture of each file, upright, over white. */
public final class ImageDecoder {
  /** More than any camera has; less than what fills a heap. */
  private static final long MAX_PIXELS = 100_000_000;

  /** More than any format can hold in a byte but for nearly empty pictures; PNG reaches 8,256. */
  private static final long MAX_PIXELS_PER_BYTE = 10_000;

  private ImageDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws UnreadableImage if it is empty, of an unknown format, damaged or too large
   */
  public static Pixels decode(byte[] content, Channels channels) throws UnreadableImage {
    return decode(content, image -> Pixels.of(image, channels), channels);
  }

  /**
   * Decodes a file for a network, large ones at once to about the size that it takes.
   *
   * @throws UnreadableImage if it is empty, of an unknown format, damaged or too large
   */
  static Pixels decode(byte[] content, ImagePreprocessing wanted) throws UnreadableImage {
    Channels channels = wanted.channels();
    if (channels == Channels.GREY || !Orientation.of(content).isUpright()) {
      return decode(content, channels);
    }
    return decode(
        content,
        image ->
            wanted
                .fit()
                .whole(image.getWidth(), image.getHeight(), wanted.width(), wanted.height())
                .filter(size -> image.getWidth() != wanted.width())
                .map(size -> ColourPixels.of(image, size))
                .orElseGet(() -> Pixels.of(image, channels)),
        channels);
  }

  private static Pixels decode(
      byte[] content, Function<BufferedImage, Pixels> seen, Channels channels)
      throws UnreadableImage {
    if (content.length == 0) {
      throw new UnreadableImage("is empty");
    }
    try (ImageInputStream in = new ByteArrayImageInputStream(content)) {
      TiffHead.check(content);
      DecoderWarnings warnings = new DecoderWarnings();
      BufferedImage image = ImageReaders.read(in, reader -> read(reader, content.length, warnings));
      Pixels stored = seen.apply(IccProfile.of(content).given(image, channels));
      warnings.expectWhole(content);
      FileChunk.expectWhole(content);
      return Orientation.of(content).apply(stored);
    } catch (EOFException e) {
      throw new UnreadableImage("is damaged: it ends too early", e);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImage("is damaged: " + firstLine(e), e);
    }
  }

  private static BufferedImage read(ImageReader reader, int bytes, DecoderWarnings warnings)
      throws IOException, UnreadableImage {
    reader.addIIOReadWarningListener(warnings);
    checkSize(reader.getWidth(0), reader.getHeight(0), bytes);
    checkSize(reader.getTileWidth(0), reader.getTileHeight(0), bytes);
    return reader.read(0);
  }

  private static String firstLine(Exception e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())
        .lines()
        .findFirst()
        .orElse("");
  }

  /** Before anything is allocated. */
  private static void checkSize(long width, long height, long bytes) throws UnreadableImage {
    if (width * height > MAX_PIXELS) {
      throw new UnreadableImage(
          "has %d x %d pixels, more than %d million"
              .formatted(width, height, MAX_PIXELS / 1_000_000));
    }
    if (width * height > MAX_PIXELS_PER_BYTE * bytes) {
      throw new UnreadableImage(
          "says that %d bytes hold %d x %d pixels".formatted(bytes, width, height));
    }
  }
}
