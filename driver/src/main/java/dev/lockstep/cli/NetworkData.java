package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Schema;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.PictureChoice;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.text.TextSequences;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.InputChannels;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Data as a network reads it. What labels are, the user says; else the network, where it ends as
 * classifiers do, or with one plain value; else their looks.
 */
final class NetworkData {
  private NetworkData() {}

  static DataSource open(JavaSparkContext spark, DataLocation given, NetworkDefinition network) {
    if (given.pictures().orElse(null) instanceof TextSequences text) {
      int symbols = NetworkShape.outputs(network);
      return DataSources.open(spark, given.withPictures(text.of(symbols)));
    }
    DataLocation location = InputChannels.of(network).map(c -> as(c, given)).orElse(given);
    DataSource seen = DataSources.open(spark, location);
    if (location.task() != Task.DETECT || location.classNames().isPresent()) {
      return planar(NetworkShape.coded(seen, network), network);
    }
    Task needed = needed(network, seen.schema());
    DataSource meant =
        needed == Task.DETECT ? seen : DataSources.open(spark, location.withTask(needed));
    return planar(NetworkShape.coded(meant, network), network);
  }

  /** Pictures as the network takes them, unless somebody says something else. */
  private static DataLocation as(int channels, DataLocation location) {
    return Channels.of(channels)
        .map(own -> PictureChoice.of(location.pictures()).orChannels(own))
        .map(location::withPictures)
        .orElse(location);
  }

  /** Pixels as planes, where the network does not take them as they are stored. */
  private static DataSource planar(DataSource data, NetworkDefinition network) {
    DataSource planes = DataSources.planar(data);
    return planes == data || takes(network, data.schema()) ? data : planes;
  }

  private static boolean takes(NetworkDefinition network, Schema schema) {
    try {
      LocalTrainers.factory(network, LocalStep.AUTO, schema.labelLength(), schema.shape());
      return true;
    } catch (ModelError e) {
      return false;
    }
  }

  /** What labels have to be, if they were taken for something else. */
  private static Task needed(NetworkDefinition network, Schema seen) {
    Optional<NetworkTask> told;
    try {
      told = NetworkShape.of(network).told();
    } catch (ModelError e) {
      return Task.DETECT; // It ends in no output layer: whether it fits is told later.
    }
    if (told.equals(Optional.of(NetworkTask.CLASSIFICATION)) && seen.targets() == 1) {
      return Task.CLASSIFICATION;
    }
    return told.equals(Optional.of(NetworkTask.REGRESSION)) && seen.classes() > 0
        ? Task.REGRESSION
        : Task.DETECT;
  }
}
