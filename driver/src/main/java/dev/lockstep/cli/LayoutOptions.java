package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Axes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How data is laid out where that cannot be seen. */
final class LayoutOptions {
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

  /** What of this determines what is read; empty for what is usual. */
  Map<String, String> config() {
    Map<String, String> config = new TreeMap<>();
    if (transposed) {
      config.put("transposed", "yes");
    }
    if (!ignored.isEmpty()) {
      config.put("ignoredColumns", String.join(",", ignored));
    }
    return config;
  }
}
