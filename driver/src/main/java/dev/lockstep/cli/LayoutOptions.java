package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Axes;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.run.ModelDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How data is laid out where that cannot be seen. */
final class LayoutOptions {
  private static final String TRANSPOSED = "transposed";

  @Option(
      names = "--transposed",
      description =
          "Pictures in IDX files, tables or Parquet are stored column by column, as EMNIST's: turn"
              + " them upright.")
  private boolean transposed;

  @Option(
      names = "--ignore-columns",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Columns of a table that are left out, such as Id,Name, whatever they hold: by name or, in"
              + " CSV files without names, by number from 1. A model remembers the names of those it"
              + " has learnt from.")
  private List<String> ignored = List.of();

  /** The same place, to be read so. */
  DataLocation of(DataLocation location) {
    return location.withIgnored(ignored).withAxes(transposed ? Axes.COLUMNS : Axes.ROWS);
  }

  /**
   * In one line, that pictures are read as they are stored, if a model was trained on pictures that
   * were not.
   */
  Optional<String> note(ModelFile model) {
    boolean trained = ModelDirectory.config(model).containsKey(TRANSPOSED);
    return trained && !transposed
        ? Optional.of(
            "the model was trained with --transposed: if these pictures are stored column by column"
                + " as well, give it again")
        : Optional.empty();
  }

  /** What of this determines what is read; empty for what is usual. */
  Map<String, String> config() {
    Map<String, String> config = new TreeMap<>();
    if (transposed) {
      config.put(TRANSPOSED, "yes");
    }
    if (!ignored.isEmpty()) {
      config.put("ignoredColumns", String.join(",", ignored));
    }
    return config;
  }
}
