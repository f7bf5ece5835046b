package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Schema;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.strategy.Shards;
import dev.lockstep.table.InputColumns;
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
    Schema schema = shards.schema();
    return settings.trainers(
        schema,
        layout.or(
            () ->
                InputColumns.layout(
                    settings.network,
                    TableRecipe.of(source.flatMap(DataSource::preprocessing)),
                    schema.labelLength())));
  }

  @Override
  public void close() {
    if (owned) {
      shards.close();
    }
  }
}
