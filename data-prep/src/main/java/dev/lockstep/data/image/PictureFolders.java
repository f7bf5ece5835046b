package dev.lockstep.data.image;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.Reject;
import dev.lockstep.data.Transport;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Pictures in a folder for each class, named by it. */
final class PictureFolders {
  private PictureFolders() {}

  /**
   * Lists all folders, one task each.
   *
   * @throws DataError if a folder is of no class that the location knows
   */
  static PictureList list(JavaSparkContext spark, DataLocation location, DataFiles root) {
    List<String> folders =
        root.folders().stream().map(FileStatus::getPath).map(Object::toString).toList();
    List<String> labels =
        root.folders().stream().map(folder -> folder.getPath().getName()).toList();
    ClassNumbers classes = ClassNumbers.of(location.classNames(), labels);
    List<FolderContent.Listing> contents =
        Transport.map(
            spark,
            folders,
            folders.size(),
            folder -> FolderContent.list(folder, SparkHadoopUtil.get().conf()));
    List<LabelledPicture> files = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    List<String> passedOver = new ArrayList<>(root.leftovers());
    root.files().forEach(file -> passedOver.add(file.getPath().getName()));
    for (int i = 0; i < folders.size(); i++) {
      float[] target = {classes.number(labels.get(i), DataFiles.name(folders.get(i)))};
      for (FolderContent.Entry entry : contents.get(i).entries()) {
        LabelledPicture file =
            new LabelledPicture(folders.get(i), entry.name(), entry.length(), target);
        if (entry.fault() == null) {
          files.add(file);
        } else {
          rejects.add(new Reject(file.path(), entry.fault()));
        }
      }
    }
    for (int i = 0; i < folders.size(); i++) {
      String folder = labels.get(i) + Path.SEPARATOR;
      contents.get(i).leftovers().forEach(name -> passedOver.add(folder + name));
    }
    List<String> roots =
        root.folders().stream()
            .map(folder -> folder.getPath().getParent().toString())
            .distinct()
            .toList();
    return new PictureList(roots, files, rejects, passedOver, classes.names(), 0);
  }
}
