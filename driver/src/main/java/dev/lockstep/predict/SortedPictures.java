package dev.lockstep.predict;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Pictures in the order of their paths, each once. */
final class SortedPictures implements Iterator<PictureFile> {
  private final Iterator<PictureFile> sorted;
  private PictureFile next;

  private SortedPictures(Iterator<PictureFile> sorted) {
    this.sorted = sorted;
    advance("");
  }

  /** Sorts, by Spark, beyond what fits into memory. */
  static JavaRDD<PictureFile> of(JavaRDD<PictureFile> pictures, int partitions) {
    boolean ascending = true;
    return pictures
        .mapToPair(picture -> new Tuple2<>(picture.path(), picture))
        .sortByKey(ascending, partitions)
        .values()
        // All of one path are in one partition.
        .mapPartitions(SortedPictures::new);
  }

  private void advance(String path) {
    next = null;
    while (next == null && sorted.hasNext()) {
      PictureFile candidate = sorted.next();
      next = candidate.path().equals(path) ? null : candidate;
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public PictureFile next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    PictureFile picture = next;
    advance(picture.path());
    return picture;
  }
}
