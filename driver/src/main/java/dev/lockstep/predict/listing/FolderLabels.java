package dev.lockstep.predict.listing;

import dev.lockstep.data.DataError;
import dev.lockstep.predict.PictureFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

record FolderLabels(List<String> images, ClassNames classes) implements Labels {
  @Override
  public JavaRDD<PictureFile> label(JavaSparkContext spark, JavaRDD<PictureFile> pictures) {
    List<String> roots =
        NamedPlaces.of(images, spark.hadoopConfiguration()).folders().stream()
            .map(FolderToList::path)
            .toList();
    return pictures.map(picture -> picture.labelled(label(picture, roots)));
  }

  private int label(PictureFile picture, List<String> roots) {
    Path folder = new Path(picture.path()).getParent();
    return folders(folder, roots).stream()
        .map(Path::getName)
        .map(classes::number)
        .flatMapToInt(OptionalInt::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new DataError(
                    "%s: expected a folder named by its class, %s"
                        .formatted(folder, classes.range())));
  }

  /** The folders that may be a class, the likeliest first. */
  private static List<Path> folders(Path folder, List<String> roots) {
    List<Path> up = new ArrayList<>();
    int below = 0;
    for (Path path = folder; path != null; path = path.getParent()) {
      up.add(path);
      if (roots.contains(path.toString())) {
        below = up.size() - 1;
      }
    }
    List<Path> down = new ArrayList<>(up.subList(0, below));
    Collections.reverse(down);
    down.add(up.get(below));
    return down;
  }

  @Override
  public String description() {
    return "names of folders";
  }
}
