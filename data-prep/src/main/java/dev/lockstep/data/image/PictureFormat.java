package dev.lockstep.data.image;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Folders of pictures: a folder for each class, or files that are named as pictures. What most of a
 * folder is decides: a licence beside the classes is no table.
 */
public final class PictureFormat implements DataFormat {

  @Override
  public boolean matches(DataFiles files) {
    long pictures =
        files.files().stream()
            .filter(file -> PictureNames.isPicture(file.getPath().getName()))
            .count();
    long others = files.files().size() - pictures;
    boolean classes = !files.folders().isEmpty();
    return pictures > 0 && pictures >= others
        || classes && (others == 0 || PictureParts.inFolders(files) > others);
  }

  @Override
  public DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    if (location.labels().isPresent()) {
      return PictureSource.open(
          spark, location, LabelledPictures.list(location, spark.hadoopConfiguration()));
    }
    if (files.folders().isEmpty()) {
      throw new DataError(
          "%s: expected a folder of pictures for each class, or a CSV file with their classes by"
                  .formatted(DataFiles.name(location.data()))
              + " --labels");
    }
    expectClasses(location, "folders of pictures");
    PictureParts.find(location.data(), spark.hadoopConfiguration())
        .ifPresent(
            parts -> {
              throw parts.mustBeNamed();
            });
    return PictureSource.open(spark, location, PictureFolders.list(spark, location, files));
  }

  /** Complains where numbers are to be learnt of pictures that have classes only. */
  static void expectClasses(DataLocation location, String found) {
    if (location.task().isOfValues()) {
      throw new DataError(
          "%s: expected numbers to be learnt, found %s, which have classes: leave out --task %s"
              .formatted(DataFiles.name(location.data()), found, location.task()));
    }
  }
}
