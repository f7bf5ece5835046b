package dev.lockstep.ml;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Locations;
import dev.lockstep.data.WholeFiles;
import dev.lockstep.models.ModelError;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder that one fit has in {@code checkpointDir}, on any Hadoop file system. */
record FitFolder(Path path, Configuration hadoop) {
  private static final String CURVES = "history.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * @param fit tells fits from each other
   */
  static FitFolder of(String checkpointDir, String fit, Configuration hadoop) {
    return new FitFolder(new Path(Locations.of(checkpointDir, hadoop), fit), hadoop);
  }

  /** Whether an interrupted fit has left checkpoints. */
  boolean hasCheckpoints() {
    return attempt(
        files ->
            files.exists(path)
                && Arrays.stream(files.listStatus(path))
                    .anyMatch(file -> file.getPath().getName().matches("step-\\d+\\.zip")));
  }

  /** Once all is trained, nothing is left to go on from. */
  void remove() {
    attempt(files -> files.delete(path, true));
  }

  /** The curves that an interrupted fit has left. */
  Optional<FitHistory.Curves> curves() {
    return attempt(
        files -> {
          Path file = new Path(path, CURVES);
          if (!files.exists(file)) {
            return Optional.empty();
          }
          try (InputStream in = files.open(file)) {
            return Optional.of(JSON.readValue(in, FitHistory.Curves.class));
          }
        });
  }

  void write(FitHistory.Curves curves) {
    attempt(
        files -> {
          WholeFiles.write(new Path(path, CURVES), JSON.writeValueAsBytes(curves), hadoop);
          return null;
        });
  }

  private interface Attempt<T> {
    T on(FileSystem files) throws IOException;
  }

  private <T> T attempt(Attempt<T> attempt) {
    try {
      return attempt.on(path.getFileSystem(hadoop));
    } catch (IOException e) {
      throw new ModelError("checkpointDir: %s: %s".formatted(path, FileSystems.message(e)), e);
    }
  }
}
