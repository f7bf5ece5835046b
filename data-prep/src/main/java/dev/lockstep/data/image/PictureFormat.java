package dev.lockstep.data.image;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import org.apache.spark.api.java.JavaSparkContext;

/** Folders of pictures: a folder for each class, or files that are named as pictures. */
public final class PictureFormat implements DataFormat {

  @Override
  public boolean matches(DataFiles files) {
    return !files.folders().isEmpty() && files.files().isEmpty()
        || files.files().stream()
            .anyMatch(file -> PictureNames.isPicture(file.getPath().getName()));
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
    return PictureSource.open(spark, location, PictureFolders.list(spark, location, files));
  }
}
