package dev.lockstep.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A named part of a PNG file (W3C, PNG, section 5.3) or of a WebP file (RFC 9649, section 2.3).
 *
 * @param type four letters
 * @param data where its content begins in the file
 * @param length of its content in bytes, which may say more than the file has
 */
record FileChunk(String type, int data, long length) {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final int HEAD = 8;
  private static final int CHECKSUM = 4;
  private static final int RIFF_HEAD = 12;

  /** Whether a file is a PNG by its first bytes. */
  static boolean isPng(byte[] file) {
    return file.length > PNG.length && startsWith(file, 0, PNG);
  }

  /** Whether a file is a WebP by its first bytes. */
  static boolean isWebp(byte[] file) {
    return file.length > RIFF_HEAD && is(file, 0, "RIFF") && is(file, HEAD, "WEBP");
  }

  /** The first part of a type. */
  static Optional<FileChunk> find(byte[] file, String type) {
    List<FileChunk> chunks = isPng(file) ? ofPng(file) : isWebp(file) ? ofWebp(file) : List.of();
    return chunks.stream()
        .filter(chunk -> chunk.type.equals(type) && chunk.end() <= file.length)
        .findFirst();
  }

  /**
   * Looks for what decoders let pass: an end that is missing, and pixels whose checksum is wrong.
   * Does nothing for files of other formats.
   *
   * @throws UnreadableImage if the file is not whole
   */
  static void expectWhole(byte[] file) throws UnreadableImage {
    if (isPng(file)) {
      expectWholePng(file);
    } else if (isWebp(file)) {
      long length = HEAD + (integer(file, 4, ByteOrder.LITTLE_ENDIAN) & 0xffff_ffffL);
      expect(length <= file.length, "it ends after %d of %d bytes", file.length, length);
    }
  }

  private static void expectWholePng(byte[] file) throws UnreadableImage {
    List<FileChunk> chunks = ofPng(file);
    for (FileChunk chunk : chunks) {
      expect(
          chunk.end() + CHECKSUM <= file.length,
          "its part %s ends after %d of %d bytes",
          chunk.type,
          file.length - chunk.data,
          chunk.length);
      // The others, whose names begin with a small letter, are not about pixels.
      if (Character.isUpperCase(chunk.type.charAt(0))) {
        CRC32 crc = new CRC32();
        crc.update(file, chunk.data - CHECKSUM, (int) chunk.length + CHECKSUM);
        int stored = integer(file, (int) chunk.end(), ByteOrder.BIG_ENDIAN);
        expect((int) crc.getValue() == stored, "the checksum of its part %s is wrong", chunk.type);
      }
    }
    boolean ends = !chunks.isEmpty() && chunks.get(chunks.size() - 1).type.equals("IEND");
    expect(ends, "its end is missing");
  }

  private static void expect(boolean fulfilled, String otherwise, Object... values)
      throws UnreadableImage {
    if (!fulfilled) {
      throw new UnreadableImage("is damaged: " + otherwise.formatted(values));
    }
  }

  /** Where its content ends in the file, if that has it. */
  long end() {
    return data + length;
  }

  private static List<FileChunk> ofPng(byte[] file) {
    List<FileChunk> chunks = new ArrayList<>();
    long at = PNG.length;
    while (at + HEAD <= file.length) {
      int start = (int) at;
      long length = integer(file, start, ByteOrder.BIG_ENDIAN) & 0xffff_ffffL;
      FileChunk chunk = new FileChunk(type(file, start + 4), start + HEAD, length);
      chunks.add(chunk);
      at = chunk.type.equals("IEND") ? file.length : chunk.end() + CHECKSUM;
    }
    return chunks;
  }

  private static List<FileChunk> ofWebp(byte[] file) {
    List<FileChunk> chunks = new ArrayList<>();
    long at = RIFF_HEAD;
    while (at + HEAD <= file.length) {
      int start = (int) at;
      long length = integer(file, start + 4, ByteOrder.LITTLE_ENDIAN) & 0xffff_ffffL;
      FileChunk chunk = new FileChunk(type(file, start), start + HEAD, length);
      chunks.add(chunk);
      at = chunk.end() + length % 2;
    }
    return chunks;
  }

  private static int integer(byte[] file, int at, ByteOrder order) {
    return ByteBuffer.wrap(file).order(order).getInt(at);
  }

  private static String type(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }

  private static boolean is(byte[] file, int at, String type) {
    return startsWith(file, at, type.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean startsWith(byte[] file, int at, byte[] head) {
    return ByteBuffer.wrap(file, at, head.length).equals(ByteBuffer.wrap(head));
  }
}
