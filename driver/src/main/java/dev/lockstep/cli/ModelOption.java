package dev.lockstep.cli;

import dev.lockstep.models.file.ModelFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model, of commands that use one. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "DIR|ZIP",
      required = true,
      description = "A model directory, or a DL4J model zip.")
  private Path path;

  /** As the user named it. */
  Path path() {
    return path;
  }

  /** The saved model. */
  ModelFile open() {
    return ModelDirectory.open(path);
  }
}
