package dev.lockstep.predict.listing;

import dev.lockstep.predict.PictureFile;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Where it is said what pictures show. */
public sealed interface Labels extends Serializable permits NoLabels, FolderLabels, CsvLabels {

  /** Nowhere. */
  static Labels none() {
    return new NoLabels();
  }

  /**
   * As in training, the folders just below those that are predicted are named by classes: their
   * numbers or their names. Of folders that are not, such as {@code test}, those below them are;
   * where none is, it is the predicted folder itself, or that of a predicted file.
   *
   * @param images what is predicted: files, folders or globs
   */
  static Labels ofFolders(List<String> images, List<String> classes) {
    return new FolderLabels(images, new ClassNames(classes));
  }

  /**
   * A file with the header {@code path,label}. A path is absolute, or from the file's own folder; a
   * name alone stands for each picture of that name.
   *
   * @param file on any Hadoop file system
   */
  static Labels ofCsv(String file, List<String> classes) {
    return new CsvLabels(file, new ClassNames(classes));
  }

  /** The pictures with what they show, as far as it is said. */
  JavaRDD<PictureFile> label(JavaSparkContext spark, JavaRDD<PictureFile> pictures);

  /** What users should know of how labels are understood. */
  default Optional<String> note(Configuration hadoop) {
    return Optional.empty();
  }

  /** Tells it from others. */
  String description();
}
