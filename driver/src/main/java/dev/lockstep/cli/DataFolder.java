package dev.lockstep.cli;

import dev.lockstep.data.DataParts;
import dev.lockstep.data.Dataset;
import dev.lockstep.data.DatasetFetcher;
import dev.lockstep.data.Mnist;
import dev.lockstep.data.prepare.PreparedData;
import dev.lockstep.report.Console;
import dev.lockstep.report.FetchProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** A data set on the command line: a name that can be fetched, or a folder. */
final class DataFolder {
  private DataFolder() {}

  /** A named data set, a folder laid out like MNIST, or one that was prepared. */
  static DataParts parts(JavaSparkContext spark, Console console, String nameOrFolder) {
    return find(spark, console, nameOrFolder)
        .orElseGet(() -> new Mnist(resolve(console, nameOrFolder)).parts());
  }

  /** The same, if there is one; other data has no parts of its own. */
  static Optional<DataParts> find(JavaSparkContext spark, Console console, String nameOrPath) {
    if (known(nameOrPath).isPresent() || Mnist.isIn(Path.of(nameOrPath))) {
      return Optional.of(new Mnist(resolve(console, nameOrPath)).parts());
    }
    return PreparedData.find(nameOrPath, spark.hadoopConfiguration())
        .map(prepared -> prepared.asParts(spark));
  }

  /** The data set of a name, if it is one. */
  static Optional<Dataset> known(String name) {
    return Arrays.stream(Dataset.values())
        .filter(dataset -> dataset.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The folder; a named data set is fetched first where it is missing. */
  static Path resolve(Console console, String nameOrFolder) {
    Optional<Dataset> known = known(nameOrFolder);
    if (known.isPresent()) {
      return fetch(console, known.get(), DatasetFetcher.cache(known.get()));
    }
    Path folder = Path.of(nameOrFolder);
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "%s: expected mnist, fashion or a folder with IDX files, found %s"
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
    return folder;
  }

  /** Fetches into a folder, showing progress. */
  static Path fetch(Console console, Dataset dataset, Path folder) {
    try (FetchProgress progress = new FetchProgress(console)) {
      new DatasetFetcher(progress).fetch(dataset, folder);
    }
    return folder;
  }
}
