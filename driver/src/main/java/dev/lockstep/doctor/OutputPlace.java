package dev.lockstep.doctor;

import dev.lockstep.data.Locations;
import dev.lockstep.doctor.JobPath.Use;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a job is to write on a file system of machines. Whether it is the same one for all is seen
 * by a mark that the driver leaves in the first folder that exists on the way to it.
 *
 * @param folder that one
 * @param mark a name that nothing else has
 */
record OutputPlace(JobPath wanted, String folder, String mark) implements Serializable {
  private static final String SHARED =
      "name a place that all executors see: hdfs:, s3a:, or a mount under the same path";

  /** Empty if it is on a file system that is the same for all, such as {@code hdfs:}. */
  static Optional<OutputPlace> of(JobPath wanted, Configuration hadoop) {
    var uri = Locations.of(wanted.path(), hadoop).toUri();
    return uri.getScheme().equals("file")
        ? Optional.of(
            new OutputPlace(
                wanted, existing(Path.of(uri.getPath())), ".lockstep-" + UUID.randomUUID()))
        : Optional.empty();
  }

  private static String existing(Path place) {
    Path folder = place;
    while (!Files.exists(folder)) {
      folder = folder.getParent();
    }
    return folder.toString();
  }

  /** Whether the driver can write. */
  Finding byDriver() {
    return Files.isDirectory(Path.of(folder))
        ? writable()
        : problem(folder + " is a file", "name a folder");
  }

  /** Whether executors are to see what the driver writes. */
  boolean isShared() {
    return wanted.use() == Use.WRITE;
  }

  void putMark() {
    try {
      Files.createFile(Path.of(folder, mark));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void removeMark() {
    try {
      Files.deleteIfExists(Path.of(folder, mark));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this executor sees the driver's mark, and can write beside it. */
  Finding byExecutor() {
    if (!Files.exists(Path.of(folder, mark))) {
      return problem(folder + " is not the driver's folder of that name", SHARED);
    }
    return writable();
  }

  private Finding writable() {
    try {
      Files.delete(Files.createTempFile(Path.of(folder), mark, ""));
      return Finding.ok(wanted.name(), wanted.path());
    } catch (IOException e) {
      return problem(folder + " cannot be written to", "name a folder that can");
    }
  }

  private Finding problem(String found, String fix) {
    return Finding.problem(wanted.name(), found, fix);
  }
}
