package dev.lockstep.predict;

import dev.lockstep.data.DataError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

record FolderLabels(ClassNames classes) implements Labels {
  @Override
  public JavaRDD<PictureFile> label(JavaSparkContext spark, JavaRDD<PictureFile> pictures) {
    return pictures.map(picture -> picture.labelled(label(picture)));
  }

  private int label(PictureFile picture) {
    Path folder = new Path(picture.path()).getParent();
    return classes
        .number(folder.getName())
        .orElseThrow(
            () ->
                new DataError(
                    "%s: expected a folder named by its class, %s"
                        .formatted(folder, classes.range())));
  }

  @Override
  public String description() {
    return "names of folders";
  }
}
