package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A disk of a few megabytes in memory, at a folder, that can be filled while a process writes to
 * it. Where mounting is not permitted, a process can be kept from writing instead.
 */
final class SmallDisk implements AutoCloseable {
  private static final int CHUNK = 4096;

  private final Path folder;
  private final boolean mounted;

  SmallDisk(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    mounted =
        run("mount", "-t", "tmpfs", "-o", "size=4m", "lockstep-test", folder.toString()).exitCode()
            == 0;
  }

  /**
   * Leaves no room on the disk until the process has ended, also where it deletes files; where it
   * is no disk, lets the process write no more than 1 kB a file.
   */
  void fill(Process process) throws IOException {
    if (mounted) {
      try (OutputStream out = Files.newOutputStream(filler())) {
        while (process.isAlive()) {
          write(out);
        }
      }
    } else {
      Output limited = run("prlimit", "--fsize=1024", "--pid", String.valueOf(process.pid()));
      assertThat(limited)
          .as("needs root, or prlimit of util-linux")
          .isEqualTo(new Output(0, "", ""));
    }
  }

  private void write(OutputStream out) throws IOException {
    try {
      out.write(new byte[CHUNK]);
    } catch (IOException e) {
      if (!complaint().equals(e.getMessage())) {
        throw e;
      }
      Pause.brief();
    }
  }

  /** What a process says that meets it. */
  String complaint() {
    return mounted ? "No space left on device" : "File too large";
  }

  /** Makes room again. */
  void clear() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static Output run(String... command) {
    return Output.of(Map.of(), List.of(command));
  }

  @Override
  public void close() {
    if (mounted) {
      assertThat(run("umount", folder.toString())).isEqualTo(new Output(0, "", ""));
    }
  }
}
