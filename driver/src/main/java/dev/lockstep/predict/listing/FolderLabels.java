package dev.lockstep.predict.listing;

import dev.lockstep.data.DataError;
import dev.lockstep.predict.PictureFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

record FolderLabels(List<String> images, ClassNames classes) implements Labels {
  private static final int LOOKED_AT = 1000;

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

  /** Some of the folders, which may be taken for what they are not. */
  @Override
  public Optional<String> note(Configuration hadoop) {
    List<String> numbered =
        NamedPlaces.of(images, hadoop).folders().stream()
            .flatMap(root -> root.folders(hadoop, LOOKED_AT).stream())
            .filter(classes::isNumbered)
            .distinct()
            .sorted()
            .toList();
    return numbered.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "folders named by numbers are taken for the classes of these numbers: %s is %s%s"
                .formatted(
                    numbered.get(0),
                    classes.names().get(Integer.parseInt(numbered.get(0))),
                    numbered.size() > 1 ? ", and so on" : ""));
  }

  @Override
  public String description() {
    return "names of folders";
  }
}
