package dev.lockstep.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files for tests. */
final class Pictures {
  private Pictures() {}

  /** The grey levels of a file. */
  static Plane grey(byte[] file) throws UnreadableImage {
    return ImageDecoder.decode(file, Channels.GREY).planes().get(0);
  }

  static byte[] encoded(BufferedImage image, String format) {
    return encoded(image, format, null, false);
  }

  /**
   * Encodes a picture.
   *
   * @param compression null for the writer's own
   */
  static byte[] encoded(
      BufferedImage image, String format, String compression, boolean progressive) {
    return encoded(
        image,
        format,
        how -> {
          if (compression != null) {
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionType(compression);
          }
          if (progressive) {
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
          }
        });
  }

  private static byte[] encoded(
      BufferedImage image, String format, Consumer<ImageWriteParam> settings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      settings.accept(how);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** As JPEG of a quality from 0 to 1. */
  static byte[] jpeg(BufferedImage image, float quality) {
    return encoded(
        image,
        "jpg",
        how -> {
          how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          how.setCompressionQuality(quality);
        });
  }

  /** As JPEG of the samples as they are, whatever they mean. */
  static byte[] jpegOf(Raster samples) {
    return byTheJdk(new IIOImage(samples, null, null), "jpg");
  }

  /** Written by the JDK, which takes more kinds of samples than what comes first. */
  static byte[] byTheJdk(IIOImage image, String format) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    while (!writer.getClass().getModule().isNamed()) {
      writer = writers.next();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Which pixels are white. */
  interface Drawing {
    boolean white(int x, int y);
  }

  /** White on black as a lossless WebP (RFC 9649, section 3) of one bit for each channel. */
  static byte[] webp(int width, int height, Drawing drawing) {
    Bits bits = new Bits();
    bits.put(0x2f, 8);
    bits.put(width - 1, 14);
    bits.put(height - 1, 14);
    bits.put(0, 1 + 3 + 1 + 1 + 1); // no alpha, version 0, no transform, no cache, one code group
    for (int channel = 0; channel < 3; channel++) {
      bits.put(0b1_1_1, 3); // a simple code of two symbols, the first of 8 bits
      bits.put(0, 8);
      bits.put(255, 8);
    }
    for (int symbol : new int[] {255, 0}) { // alpha, and distances, which nothing uses
      bits.put(0b1_0_1, 3);
      bits.put(symbol, 8);
    }
    for (int i = 0; i < width * height; i++) {
      bits.put(drawing.white(i % width, i / width) ? 0b111 : 0, 3);
    }
    return riff("VP8L", bits.bytes());
  }

  /** A WebP file of some parts: their types and contents in turn. */
  static byte[] riff(Object... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < parts.length; i += 2) {
      byte[] data = (byte[]) parts[i + 1];
      content.writeBytes(((String) parts[i]).getBytes(StandardCharsets.US_ASCII));
      content.writeBytes(little(data.length));
      content.writeBytes(data);
      content.writeBytes(new byte[data.length % 2]);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(little(content.size()));
    file.writeBytes(content.toByteArray());
    return file.toByteArray();
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** Bits from the lowest to the highest of each byte. */
  private static final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int current;
    private int count;

    void put(int value, int bits) {
      for (int i = 0; i < bits; i++) {
        current |= (value >> i & 1) << count++;
        if (count == Byte.SIZE) {
          out.write(current);
          current = 0;
          count = 0;
        }
      }
    }

    byte[] bytes() {
      put(0, (Byte.SIZE - count) % Byte.SIZE);
      return out.toByteArray();
    }
  }
}
