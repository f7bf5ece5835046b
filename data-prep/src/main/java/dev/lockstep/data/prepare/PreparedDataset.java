package dev.lockstep.data.prepare;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Locations;
import dev.lockstep.data.PictureShape;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.PictureChoice;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A prepared data set: a folder with a manifest, and in it a folder for each part.
 *
 * @param folder on any Hadoop file system
 */
public record PreparedDataset(Path folder, PreparedManifest manifest) {

  /**
   * The prepared data set in a folder.
   *
   * @return empty if the folder has no manifest
   * @throws DataError if it is not finished, or files that the manifest lists are missing or of
   *     another length
   */
  public static Optional<PreparedDataset> find(String folder, Configuration hadoop) {
    Path path = Locations.of(folder, hadoop);
    if (Staging.isUnfinished(path, hadoop)) {
      throw new DataError(
          "%s: lockstep prepare has not finished it: let it end, or run it again"
              .formatted(DataFiles.name(folder)));
    }
    Optional<PreparedManifest> manifest = PreparedManifest.read(path, hadoop);
    manifest.ifPresent(found -> PreparedFiles.expectComplete(path, found, hadoop));
    return manifest.map(found -> new PreparedDataset(path, found));
  }

  /** A part of one. */
  public record Part(PreparedDataset whole, String name) {

    /** The part's folder, with the classes that the manifest names, otherwise as is wanted. */
    public DataLocation location(DataLocation wanted) {
      return whole.location(name, wanted);
    }

    /** What was read there, with what the manifest says of how it became so. */
    public DataSource described(DataSource read) {
      return new PreparedSource(read, whole.manifest(), name);
    }
  }

  /**
   * The part that a location is: of a data set of one part the whole; empty for other locations.
   *
   * @throws DataError if there are several parts
   */
  public static Optional<Part> part(DataLocation location, Configuration hadoop) {
    Optional<PreparedDataset> whole = find(location.data(), hadoop);
    if (whole.isPresent()) {
      return Optional.of(new Part(whole.get(), whole.get().onlyPart()));
    }
    Path path = Locations.of(location.data(), hadoop);
    return Optional.ofNullable(path.getParent())
        .flatMap(parent -> find(parent.toString(), hadoop))
        .filter(prepared -> prepared.parts().contains(path.getName()))
        .map(prepared -> new Part(prepared, path.getName()));
  }

  /** The names of the parts. */
  public List<String> parts() {
    return manifest.parts().stream().map(PreparedManifest.Part::name).toList();
  }

  /** Opens a part. */
  public DataSource open(JavaSparkContext spark, String part) {
    DataLocation location = location(part, DataLocation.of(folder.toString()));
    return new PreparedSource(
        manifest
            .format()
            .reading()
            .open(spark, location, DataFiles.list(location.data(), spark.hadoopConfiguration())),
        manifest,
        part);
  }

  /**
   * The parts as training needs them: a part called train, or the whole; validation and test.
   *
   * @throws DataError if there is nothing to train
   */
  public DataParts asParts(JavaSparkContext spark) {
    String train = parts().size() == 1 ? parts().get(0) : "train";
    if (!parts().contains(train)) {
      throw new DataError(
          "%s: expected a part train, found %s"
              .formatted(DataFiles.name(folder.toString()), String.join(", ", parts())));
    }
    return new DataParts() {
      @Override
      public DataSource train() {
        return open(spark, train);
      }

      @Override
      public Optional<DataSource> validation() {
        return ifThere("validation");
      }

      @Override
      public Optional<DataSource> test() {
        return ifThere("test");
      }

      private Optional<DataSource> ifThere(String part) {
        return Optional.of(part).filter(parts()::contains).map(name -> open(spark, name));
      }
    };
  }

  private String onlyPart() {
    if (parts().size() > 1) {
      throw new DataError(
          "%s: is prepared in parts: name one of %s"
              .formatted(
                  DataFiles.name(folder.toString()),
                  String.join(
                      ", ",
                      parts().stream()
                          .map(part -> DataFiles.name(new Path(folder, part).toString()))
                          .toList())));
    }
    return parts().get(0);
  }

  private boolean inColour() {
    int channels = manifest.schema().picture().map(PictureShape::channels).orElse(1);
    return channels == Channels.RGB.count();
  }

  /** Prepared in colour, pictures are read so unless somebody wants them grey. */
  private static Preprocessing colours(DataLocation location) {
    return PictureChoice.of(location.pictures()).orChannels(Channels.RGB);
  }

  private DataLocation location(String part, DataLocation location) {
    DataLocation inside = location.withData(new Path(folder, part).toString());
    DataLocation ofPart = inColour() ? inside.withPictures(colours(location)) : inside;
    List<String> classNames = manifest.schema().classNames();
    return location.classNames().isPresent() || classNames.isEmpty()
        ? ofPart
        : ofPart.withClassNames(classNames);
  }
}
