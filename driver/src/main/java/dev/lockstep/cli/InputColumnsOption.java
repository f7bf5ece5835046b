package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.recipe.InputGroups;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.NetworkDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which columns of a table each of several inputs of a network takes. */
final class InputColumnsOption {
  private static final String NAME = "--input-columns";

  @Option(
      names = NAME,
      paramLabel = "INPUT=COLUMN,…",
      description = {
        "Of a network with several inputs, the columns of a table that one of them takes, by names;"
            + " once for each input. It is saved with the model; other columns are passed over."
            + " Default: a column with each, in their order."
      })
  private Map<String, String> columns = new LinkedHashMap<>();

  /** The data with the columns of each input, in the network's order. */
  DataLocation of(DataLocation location, NetworkDefinition network) {
    if (columns.isEmpty()) {
      return location;
    }
    List<String> inputs = network.inputs();
    if (!columns.keySet().equals(Set.copyOf(inputs))) {
      throw new UserError(
          "%s: expected the columns of each input of the network (%s), found those of %s"
              .formatted(NAME, String.join(", ", inputs), String.join(", ", columns.keySet())));
    }
    try {
      return location.withPictures(
          new InputGroups(
              inputs.stream().map(input -> List.of(columns.get(input).split(","))).toList()));
    } catch (IllegalArgumentException e) {
      throw new UserError("%s: %s".formatted(NAME, e.getMessage()));
    }
  }

  /** Complains of data that has no such columns. */
  void expectTaken(DataSource data) {
    boolean taken =
        TableRecipe.of(data.preprocessing())
            .filter(recipe -> !recipe.inputs().isEmpty())
            .isPresent();
    if (!columns.isEmpty() && !taken) {
      throw new UserError(
          NAME
              + ": expected a table in CSV or Parquet with columns of numbers or texts: leave it out");
    }
  }

  /** Complains where a model knows its columns. */
  void expectNone() {
    if (!columns.isEmpty()) {
      throw new UserError(NAME + ": the model that is trained on knows its columns: leave it out");
    }
  }

  /** What is said of the data, with this. */
  Map<String, Object> config(Map<String, Object> data) {
    Map<String, Object> config = new TreeMap<>(data);
    if (!columns.isEmpty()) {
      config.put("inputColumns", new TreeMap<>(columns).toString());
    }
    return config;
  }
}
