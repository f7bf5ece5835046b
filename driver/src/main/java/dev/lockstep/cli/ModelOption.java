package dev.lockstep.cli;

import dev.lockstep.models.file.ModelFile;
import dev.lockstep.run.ModelDirectory;
import java.nio.file.Files;
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

  /** Ends the process with a status if there is no saved model. */
  void expectThere(int ifMissing) {
    file(path, ifMissing);
  }

  /** The saved model. */
  ModelFile open() {
    return open(path, ExitCode.USER_ERROR);
  }

  /**
   * The saved model, or another end of the process.
   *
   * @param ifMissing the exit status where there is none
   */
  ModelFile open(int ifMissing) {
    return open(path, ifMissing);
  }

  /**
   * The model at a path: a model zip, or a folder that a run has written.
   *
   * @param ifMissing the exit status where there is none
   */
  static ModelFile open(Path model, int ifMissing) {
    return ModelFile.read(file(model, ifMissing));
  }

  private static Path file(Path model, int ifMissing) {
    Path file = ModelDirectory.file(model);
    if (!Files.exists(file)) {
      throw new UserError(
          ifMissing,
          "no model saved in %s: run lockstep train … first, or name a model zip".formatted(model));
    }
    return file;
  }
}
