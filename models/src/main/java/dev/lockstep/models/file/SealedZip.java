package dev.lockstep.models.file;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelTooLarge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A zip that ends, as its comment, in the SHA-256 of every byte before that: any zip reader takes
 * it, and a change of any bit shows.
 *
 * @param entries by name, in their order
 * @param sealed whether the file had such a comment, and it was true
 */
record SealedZip(Map<String, byte[]> entries, boolean sealed) {
  private static final String MARK = "SHA-256 ";
  private static final int DIGITS = 64;

  /** What an array can hold. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  /** The bytes of a sealed zip; the same for the same entries. */
  static byte[] of(Map<String, byte[]> entries) {
    byte[] zip = zip(entries, MARK + "0".repeat(DIGITS));
    byte[] seal = sha256(zip).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(seal, 0, zip, zip.length - DIGITS, DIGITS);
    return zip;
  }

  /** The bytes of a zip without a seal. */
  static byte[] unsealed(Map<String, byte[]> entries) {
    return zip(entries, null);
  }

  /**
   * Reads a zip, sealed or not.
   *
   * @param path as errors name it
   * @param file where it is, which may be a copy
   * @throws ModelError if its seal is not that of its bytes
   * @throws ZipException if it is no zip, or lacks its end
   */
  static SealedZip read(Path path, Path file) throws IOException {
    boolean sealed = verify(path, Files.readAllBytes(file));
    // By the directory at the file's end, so that a file that lacks its end is noticed.
    Map<String, byte[]> entries = new LinkedHashMap<>();
    long left = Runtime.getRuntime().maxMemory() / 4;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        expectPlainName(path, entry.getName());
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] content = in.readNBytes((int) Math.min(left, MOST_BYTES) + 1);
          left -= content.length;
          if (left < 0 || content.length > MOST_BYTES) {
            throw tooLarge(path, entry.getName());
          }
          entries.put(entry.getName(), content);
        }
      }
    }
    return new SealedZip(entries, sealed);
  }

  /** Nothing is unpacked to disk; a name that wants to lead somewhere is no model's. */
  private static void expectPlainName(Path path, String name) {
    if (name.contains("/") || name.contains("\\")) {
      throw new ModelError(
          "%s: expected the entries of a model, found one named '%s'".formatted(path, name));
    }
  }

  private static ModelTooLarge tooLarge(Path path, String entry) {
    return new ModelTooLarge(
        "%s: %s: expands to more than a quarter of the heap of %d MB: if the model is to be trusted, give"
                .formatted(path, entry, Runtime.getRuntime().maxMemory() >> 20)
            + " a larger --heap");
  }

  private static boolean verify(Path path, byte[] zip) {
    int tail = Math.min(zip.length, MARK.length() + DIGITS);
    String comment = new String(zip, zip.length - tail, tail, StandardCharsets.ISO_8859_1);
    if (!comment.startsWith(MARK)) {
      return false;
    }
    String expected = comment.substring(MARK.length());
    String found = sha256(zip);
    if (!expected.equals(found)) {
      throw new ModelError(
          "%s: was altered: expected SHA-256 %.12s…, found %.12s…"
              .formatted(path, expected, found));
    }
    return true;
  }

  /** The entries of a zip in memory. */
  static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries, String comment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.setComment(comment);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTime(0);
        out.putNextEntry(header);
        out.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] zip) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(zip, 0, zip.length - DIGITS);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
