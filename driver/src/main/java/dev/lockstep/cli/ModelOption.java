package dev.lockstep.cli;

import dev.lockstep.models.file.ModelFile;
import dev.lockstep.run.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Option;

/** Which model, of commands that use one. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "DIR|ZIP",
      required = true,
      description = "A model directory, or a DL4J model zip; on any file system Hadoop knows.")
  private String location;

  /** As the user named it. */
  Path path() {
    return Path.of(location);
  }

  /** Ends the process with a status if there is no saved model. */
  void expectThere(int ifMissing) {
    if (!ModelDirectory.isElsewhere(location) && !Files.exists(ModelDirectory.file(path()))) {
      throw missing(location, ifMissing);
    }
  }

  /** The saved model. */
  ModelFile open() {
    return open(location, ExitCode.USER_ERROR);
  }

  /**
   * The saved model, or another end of the process.
   *
   * @param ifMissing the exit status where there is none
   */
  ModelFile open(int ifMissing) {
    return open(location, ifMissing);
  }

  /**
   * The model at a location: a model zip, or a folder that a run has written.
   *
   * @param ifMissing the exit status where there is none
   */
  static ModelFile open(String location, int ifMissing) {
    Configuration hadoop =
        ModelDirectory.isElsewhere(location)
            ? SparkHadoopUtil.get().conf()
            : new Configuration(false);
    return ModelDirectory.model(location, hadoop).orElseThrow(() -> missing(location, ifMissing));
  }

  private static UserError missing(String location, int ifMissing) {
    return new UserError(
        ifMissing,
        "no model saved in %s: run lockstep train … first, or name a model zip"
            .formatted(location));
  }
}
