package dev.lockstep.data.fetch;

import dev.lockstep.data.DataError;
import dev.lockstep.data.FileSystems;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Brings a data set's files to a folder: those already there stay, the others come from the first
 * origin that has them with the right checksum. A file appears under its name only when it is
 * complete and verified, so that neither a broken download nor a second process can be mistaken for
 * it.
 */
public final class DatasetFetcher {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST_BYTE = 0x1f;

  private final Listener listener;

  /** Follows the download of a file. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param done bytes so far
     * @param total bytes in all
     */
    void progress(String file, long done, long total);
  }

  public DatasetFetcher(Listener listener) {
    this.listener = listener;
  }

  /** Where data sets are kept: {@code $XDG_CACHE_HOME/lockstep}, or {@code ~/.cache/lockstep}. */
  public static Path cache(PublishedData dataset) {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches = xdg == null || xdg.isBlank() ? home().resolve(".cache") : Path.of(xdg);
    return caches.resolve("lockstep").resolve(dataset.name().toLowerCase(Locale.ROOT));
  }

  /** Java says ? where the system knows none. */
  private static Path home() {
    String home = System.getProperty("user.home", "?");
    if (home.equals("?") || home.isBlank()) {
      throw new DataError(
          "there is no home folder to keep data sets in: set HOME or XDG_CACHE_HOME, or name a folder (fetch --to)");
    }
    return Path.of(home);
  }

  /**
   * Makes sure that the folder holds the data set.
   *
   * @throws DataError if a file there is not what it should be, or one can be had nowhere
   */
  public void fetch(PublishedData dataset, Path folder) {
    fetch(dataset.files(), dataset.origins(), folder);
  }

  void fetch(List<RemoteFile> files, List<Origin> origins, Path folder) {
    try {
      Files.createDirectories(folder);
      List<Origin> order = new ArrayList<>(origins);
      for (RemoteFile file : files) {
        Optional<Path> there = present(file, folder);
        if (there.isPresent()) {
          verifyPresent(file, there.get());
        } else {
          download(file, order, files, folder);
        }
      }
    } catch (IOException e) {
      throw new DataError("%s: cannot be written: %s".formatted(folder, FileSystems.message(e)), e);
    }
  }

  private static Optional<Path> present(RemoteFile file, Path folder) {
    return List.of(file.name(), file.name() + ".gz").stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private void verifyPresent(RemoteFile file, Path path) {
    String found;
    try (InputStream in = uncompressed(Files.newInputStream(path))) {
      found = copy(file, in, OutputStream.nullOutputStream());
    } catch (IOException e) {
      found = "a file that cannot be read: " + FileSystems.message(e);
    }
    if (!found.equals(file.sha256())) {
      throw new DataError(
          "%s: expected SHA-256 %.12s…, found %s: delete the file and fetch again"
              .formatted(path, file.sha256(), shortened(found)));
    }
  }

  private static String shortened(String sum) {
    return sum.contains(" ") ? sum : sum.substring(0, 12) + "…";
  }

  private void download(RemoteFile file, List<Origin> origins, List<RemoteFile> files, Path folder)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (Origin origin : origins) {
      Path temporary = folder.resolve(".%s.%s.part".formatted(file.name(), UUID.randomUUID()));
      try {
        String found;
        try (InputStream in = uncompressed(origin.open(file));
            OutputStream out = Files.newOutputStream(temporary)) {
          found = copy(file, in, out);
        }
        if (found.equals(file.sha256())) {
          Files.move(
              temporary,
              folder.resolve(file.name()),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
          origins.remove(origin);
          origins.add(0, origin); // the next file is likely to be there too
          return;
        }
        failures.add("%s (wrong content)".formatted(origin.name()));
      } catch (IOException e) {
        failures.add("%s (%s)".formatted(origin.name(), reason(e)));
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
    throw new DataError(
        "%s could not be fetched; tried %s; to go on without network, place %s, raw or .gz, in %s"
            .formatted(
                file.name(),
                String.join(", ", failures),
                files.stream().map(RemoteFile::name).collect(Collectors.joining(", ")),
                folder));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null || e.getMessage().isBlank()
        ? "no connection"
        : e.getMessage().lines().findFirst().orElseThrow();
  }

  private static InputStream uncompressed(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(1);
    int first = buffered.read();
    buffered.reset();
    return first == GZIP_FIRST_BYTE ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }

  /** Copies no more than the file's length and one byte; returns the SHA-256 of what it copied. */
  private String copy(RemoteFile file, InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    DigestInputStream content = new DigestInputStream(in, digest);
    for (int n = content.read(buffer); n >= 0 && done <= file.length(); n = content.read(buffer)) {
      out.write(buffer, 0, n);
      done += n;
      listener.progress(file.name(), Math.min(done, file.length()), file.length());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
