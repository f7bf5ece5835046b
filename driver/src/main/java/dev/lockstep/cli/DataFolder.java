package dev.lockstep.cli;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.Locations;
import dev.lockstep.data.fetch.DatasetFetcher;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.prepare.PreparedDataset;
import dev.lockstep.report.Console;
import dev.lockstep.report.FetchProgress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** A data set on the command line: a name that can be fetched, or a folder. */
final class DataFolder {
  private DataFolder() {}

  /** A named data set, a folder laid out like MNIST, or one that was prepared. */
  static DataParts parts(JavaSparkContext spark, Console console, String nameOrFolder) {
    return find(spark, console, DataLocation.of(nameOrFolder))
        .orElseGet(() -> new Mnist(expectFolder(spark, nameOrFolder)).parts());
  }

  /** The same, if there is one; other data has no parts of its own. */
  static Optional<DataParts> find(JavaSparkContext spark, Console console, DataLocation location) {
    String nameOrPath = location.data();
    if (known(nameOrPath).isPresent()) {
      return Optional.of(new Mnist(resolve(console, nameOrPath)).parts());
    }
    if (Mnist.isIn(nameOrPath)) {
      return Optional.of(new Mnist(nameOrPath).parts());
    }
    return PreparedDataset.find(nameOrPath, spark.hadoopConfiguration())
        .map(prepared -> prepared.asParts(spark))
        .or(() -> DataSources.parts(spark, location));
  }

  /** The data set of a name, if it is one. */
  static Optional<PublishedData> known(String name) {
    return Arrays.stream(PublishedData.values())
        .filter(dataset -> dataset.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The folder of a named data set, which is fetched first where it is missing. */
  static Path resolve(Console console, String name) {
    PublishedData dataset = known(name).orElseThrow();
    return fetch(console, dataset, DatasetFetcher.cache(dataset));
  }

  private static String expectFolder(JavaSparkContext spark, String name) {
    var folder = Locations.of(name, spark.hadoopConfiguration());
    if (!DataFiles.isFolder(folder, spark.hadoopConfiguration())) {
      throw new UserError(
          "%s: expected mnist, fashion or a folder with IDX files, found no folder"
              .formatted(name));
    }
    return name;
  }

  /** Fetches into a folder, showing progress. */
  static Path fetch(Console console, PublishedData dataset, Path folder) {
    try (FetchProgress progress = new FetchProgress(console)) {
      new DatasetFetcher(progress).fetch(dataset, folder);
    }
    return folder;
  }
}
