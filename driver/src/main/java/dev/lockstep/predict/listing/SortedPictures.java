package dev.lockstep.predict.listing;

import dev.lockstep.predict.PictureFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Pictures in the order of their paths, each once. */
public final class SortedPictures implements Iterator<PictureFile> {
  private final Iterator<PictureFile> sorted;
  private PictureFile next;

  private SortedPictures(Iterator<PictureFile> sorted) {
    this.sorted = sorted;
    advance("");
  }

  /**
   * Sorts, beyond what fits into memory. One partition, for which pictures must be so few that they
   * do fit, takes no shuffle.
   */
  public static JavaRDD<PictureFile> of(JavaRDD<PictureFile> pictures, int partitions) {
    if (partitions == 1) {
      return pictures.coalesce(1).mapPartitions(SortedPictures::few);
    }
    boolean ascending = true;
    return pictures
        .mapToPair(picture -> new Tuple2<>(picture.path(), picture))
        .sortByKey(ascending, partitions)
        .values()
        // All of one path are in one partition.
        .mapPartitions(SortedPictures::new);
  }

  private static SortedPictures few(Iterator<PictureFile> pictures) {
    List<PictureFile> few = new ArrayList<>();
    pictures.forEachRemaining(few::add);
    few.sort(Comparator.comparing(PictureFile::path));
    return new SortedPictures(few.iterator());
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
