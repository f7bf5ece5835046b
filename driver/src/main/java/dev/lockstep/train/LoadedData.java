package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Shards;
import java.util.List;
import java.util.Optional;

/**
 * Examples that workers hold.
 *
 * @param source where they come from, if that can tell what it left out
 * @param layout where the network's arrays are in an example, unless as the schema says
 * @param owned whether they are freed with the run
 */
record LoadedData(
    Shards shards, Optional<DataSource> source, Optional<ExampleLayout> layout, boolean owned)
    implements AutoCloseable {

  /** What makes the run's trainers for these examples. */
  TrainerFactory trainers(Settings settings) {
    return settings.trainers(shards.schema(), layout.or(() -> columns(settings.network)));
  }

  /** A network with several inputs takes a column of a table with each. */
  private Optional<ExampleLayout> columns(NetworkDefinition network) {
    List<String> inputs = network.inputs();
    if (inputs.size() == 1) {
      return Optional.empty();
    }
    List<Integer> widths =
        TableRecipe.of(source.flatMap(DataSource::preprocessing))
            .map(TableRecipe::widths)
            .orElse(List.of(shards.schema().featureLength()));
    if (widths.size() != inputs.size()) {
      throw new ModelError(
          "the network has the inputs %s: expected one column of features for each, found %d"
              .formatted(String.join(", ", inputs), widths.size()));
    }
    return Optional.of(ExampleLayout.ofInputs(shards.schema().labelLength(), widths));
  }

  @Override
  public void close() {
    if (owned) {
      shards.close();
    }
  }
}
