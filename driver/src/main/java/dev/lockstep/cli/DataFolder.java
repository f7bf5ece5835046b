package dev.lockstep.cli;

import dev.lockstep.data.Dataset;
import dev.lockstep.data.DatasetFetcher;
import dev.lockstep.data.Mnist;
import dev.lockstep.report.FetchProgress;
import dev.lockstep.report.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A data set on the command line: a name that can be fetched, or a folder. */
final class DataFolder {
  private DataFolder() {}

  /** The folder; a named data set is fetched first where it is missing. */
  static Path resolve(String nameOrFolder) {
    Optional<Dataset> known =
        Arrays.stream(Dataset.values())
            .filter(dataset -> dataset.name().equalsIgnoreCase(nameOrFolder))
            .findFirst();
    if (known.isPresent()) {
      return fetch(known.get(), DatasetFetcher.cache(known.get()));
    }
    Path folder = Path.of(nameOrFolder);
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "%s: expected mnist, fashion or a folder with IDX files, found %s"
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
    return folder;
  }

  /** The data set with its own parts at a name or folder, if there is one laid out like MNIST. */
  static Optional<Mnist> parts(String nameOrFolder) {
    boolean known =
        Arrays.stream(Dataset.values()).anyMatch(d -> d.name().equalsIgnoreCase(nameOrFolder));
    return known || Mnist.isIn(Path.of(nameOrFolder))
        ? Optional.of(new Mnist(resolve(nameOrFolder)))
        : Optional.empty();
  }

  /** Fetches into a folder, showing progress. */
  static Path fetch(Dataset dataset, Path folder) {
    try (FetchProgress progress = new FetchProgress(Terminal.detect())) {
      new DatasetFetcher(progress).fetch(dataset, folder);
    }
    return folder;
  }
}
