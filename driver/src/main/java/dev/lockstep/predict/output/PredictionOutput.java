package dev.lockstep.predict.output;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.WholeFiles;
import dev.lockstep.predict.PredictError;
import dev.lockstep.predict.PredictError.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder with {@code predictions}, {@code blank}, {@code quarantine} and {@code manifest.json},
 * and in {@code _plan} what is needed to go on after an interruption. Files come into being whole
 * or not at all.
 *
 * @param folder on any Hadoop file system
 */
public record PredictionOutput(String folder, OutputFormat format) implements Serializable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A file or folder in this folder. */
  public Path path(String name) {
    return new Path(folder, name);
  }

  /** Where the predictions of a chunk go. */
  public Path predictions(int generation, int chunk) {
    return path("predictions/" + part(generation, chunk, format.extension()));
  }

  Path quarantine(int generation, int chunk) {
    return path("quarantine/" + part(generation, chunk, "csv"));
  }

  Path blank(int generation, int chunk) {
    return path("blank/" + part(generation, chunk, "csv"));
  }

  private static String part(int generation, int chunk, String extension) {
    return "part-%04d-%06d.%s".formatted(generation, chunk, extension);
  }

  /** What the output holds, as of the last run that ended. */
  public Path manifest() {
    return path("manifest.json");
  }

  /** A file of a run's plan. */
  public Path plan(int generation, String name) {
    return path("_plan/%04d/%s".formatted(generation, name));
  }

  /**
   * Says that a chunk is done, and what came of it.
   *
   * @param record its name
   */
  public Path done(int generation, String record) {
    return plan(generation, "done/" + record);
  }

  /** A name for what is being written. */
  public Path temporary(int generation) {
    return plan(generation, "tmp/" + UUID.randomUUID());
  }

  /** Makes the folder, and finds out whether it can be written to. */
  public void prepare(Configuration hadoop) {
    checked(
        () -> {
          Path probe = path("_plan/probe-" + UUID.randomUUID());
          FileSystem files = probe.getFileSystem(hadoop);
          files.create(probe).close();
          return files.delete(probe, false);
        });
  }

  /** Moves a file that is complete to where it belongs. */
  void commit(Path temporary, Path target, Configuration hadoop) {
    checked(
        () -> {
          FileSystem files = target.getFileSystem(hadoop);
          files.mkdirs(target.getParent());
          return WholeFiles.commit(files, temporary, target);
        });
  }

  /** Writes a JSON file. */
  public void write(Path target, Object value, Configuration hadoop) {
    checked(
        () -> {
          WholeFiles.write(target, JSON.writeValueAsBytes(value), hadoop);
          return null;
        });
  }

  /** Reads a JSON file, if it is there. */
  public <T> Optional<T> read(Path path, Class<T> type, Configuration hadoop) {
    return read(path, JSON.constructType(type), hadoop);
  }

  /**
   * Reads a JSON file of a type that has parameters, if it is there.
   *
   * @param type of which the result is
   * @param parameters its own
   */
  public <T> Optional<T> read(
      Path path, Configuration hadoop, Class<? super T> type, Class<?>... parameters) {
    return read(path, JSON.getTypeFactory().constructParametricType(type, parameters), hadoop);
  }

  private <T> Optional<T> read(Path path, JavaType type, Configuration hadoop) {
    return checked(
        () -> {
          FileSystem files = path.getFileSystem(hadoop);
          if (!files.exists(path)) {
            return Optional.empty();
          }
          try (InputStream in = files.open(path)) {
            return Optional.of(JSON.readValue(in, type));
          }
        });
  }

  /** Deletes a file or folder with all in it, if it is there. */
  public void delete(Path path, Configuration hadoop) {
    checked(() -> path.getFileSystem(hadoop).delete(path, true));
  }

  /** What is in a folder; nothing where there is none. */
  public Set<String> names(Path path, Configuration hadoop) {
    return checked(
        () -> {
          FileSystem files = path.getFileSystem(hadoop);
          FileStatus[] found = files.exists(path) ? files.listStatus(path) : new FileStatus[0];
          return Arrays.stream(found)
              .map(status -> status.getPath().getName())
              .collect(Collectors.toSet());
        });
  }

  /** Access to the folder. */
  public interface Access<T> {
    T run() throws IOException;
  }

  /** Tells the user if the folder cannot be used. */
  public <T> T checked(Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw new PredictError(
          Problem.UNWRITABLE,
          "%s: cannot be used for output: %s"
              .formatted(DataFiles.name(folder), FileSystems.message(e)),
          e);
    }
  }
}
