package dev.lockstep.tests;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The training that faults are to leave no trace in: two workers, Adam, validation, checkpoints. It
 * takes many of a driver's laps, so that faults have time to happen to it.
 */
record MnistRun(Path modelDir, int steps) {
  private static final String ARGUMENTS =
      "train mnist --steps %d --optimizer adam --workers 2 --no-plots --no-report"
          + " --checkpoint-every 1000 --display-every 500 --validate-every %d --model-dir";
  private static final int STEPS = 25_000;
  private static final int VALIDATIONS = 50;

  MnistRun(Path modelDir) {
    this(modelDir, STEPS);
  }

  /** The command line. */
  String[] arguments(String... more) {
    return Stream.of(
            ARGUMENTS.formatted(steps, steps / VALIDATIONS).split(" "),
            new String[] {modelDir.toString()},
            more)
        .flatMap(Arrays::stream)
        .toArray(String[]::new);
  }

  /** What it ended with. */
  ModelState state() {
    return ModelFile.read(modelDir.resolve("model.zip")).state();
  }

  /** The bytes of its last checkpoint. */
  byte[] lastCheckpoint() {
    try {
      return Files.readAllBytes(latest().resolveSibling(Files.readString(latest()).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That of its last checkpoint; 0 before the first. */
  int lastStep() {
    try {
      String name = Files.exists(latest()) ? Files.readString(latest()) : "0";
      return Integer.parseInt(name.replaceAll("\\D", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that names its last checkpoint. */
  Path latest() {
    return modelDir.resolve("checkpoints/latest");
  }
}
