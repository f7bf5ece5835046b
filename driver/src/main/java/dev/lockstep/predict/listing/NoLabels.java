package dev.lockstep.predict.listing;

import dev.lockstep.predict.PictureFile;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

record NoLabels() implements Labels {
  @Override
  public JavaRDD<PictureFile> label(JavaSparkContext spark, JavaRDD<PictureFile> pictures) {
    return pictures;
  }

  @Override
  public String description() {
    return "none";
  }
}
