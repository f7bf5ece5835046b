package dev.lockstep.predict.listing;

import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PredictError;
import dev.lockstep.predict.listing.FolderToList.FewThings;
import dev.lockstep.predict.listing.FolderToList.Found;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Finds pictures, level by level of the folders, each folder by one task that hands on what it sees
 * one by one. What was found stays with the executors, on disk where it is too much for memory.
 */
public final class PictureListing implements AutoCloseable {
  private static final int TASKS_A_CORE = 4;
  private static final long MIN_TASK = 1 << 20;
  private static final long MAX_TASK = 128 << 20;

  /**
   * How much found is one element: Spark estimates the sizes of what it keeps, which takes longer
   * than finding where each element is one file.
   */
  private static final int BATCH = 1000;

  /** Folders that are looked into one after another: in object stores each takes a while. */
  private static final int LOOKS_HERE = 20;

  private final List<JavaRDD<List<Found>>> levels = new ArrayList<>();
  private final LongAccumulator passedOver;
  private final JavaSparkContext spark;
  private Size size = Size.NONE;

  private PictureListing(JavaSparkContext spark) {
    this.spark = spark;
    passedOver = spark.sc().longAccumulator("files passed over");
  }

  /** How much there is. */
  private record Size(long pictures, long cost, long folders) implements Serializable {
    static final Size NONE = new Size(0, 0, 0);

    Size plus(Found found) {
      PictureFile picture = found.picture();
      return picture == null
          ? new Size(pictures, cost, folders + 1)
          : new Size(pictures + 1, cost + picture.cost(), folders);
    }

    Size plus(List<Found> found) {
      return found.stream().reduce(this, Size::plus, Size::plus);
    }

    Size plus(Size other) {
      return new Size(pictures + other.pictures, cost + other.cost, folders + other.folders);
    }
  }

  private record Batches(Iterator<Found> found) implements Iterator<List<Found>> {
    @Override
    public boolean hasNext() {
      return found.hasNext();
    }

    @Override
    public List<Found> next() {
      List<Found> batch = new ArrayList<>();
      do {
        batch.add(found.next());
      } while (batch.size() < BATCH && found.hasNext());
      return batch;
    }
  }

  /**
   * Places that all executors must see if they are to see the pictures: one file of each folder
   * that files are named of, folders, and of a glob the folder that it starts in.
   *
   * @param names files, folders or globs
   * @throws PredictError if one is nothing, or a file of another kind
   */
  public static List<String> places(List<String> names, Configuration hadoop) {
    return NamedPlaces.of(names, hadoop).places();
  }

  /**
   * Lists the pictures at some places. Links to folders are not followed, and names that begin with
   * a dot or an underscore are left out.
   *
   * @param names files, folders with all that is below them, or globs, on any Hadoop file system
   * @throws PredictError if a place is nothing, or a file of another kind
   */
  public static PictureListing of(JavaSparkContext spark, List<String> names) {
    NamedPlaces roots = NamedPlaces.of(names, spark.hadoopConfiguration());
    List<Found> given = new ArrayList<>();
    roots.pictures().forEach(picture -> given.add(new Found(picture, null)));
    roots.folders().forEach(folder -> given.add(new Found(null, folder)));
    PictureListing listing = new PictureListing(spark);
    listing.descend(listing.fewHere(given));
    return listing;
  }

  /**
   * Looks into folders here as long as they hold few things: a job takes longer.
   *
   * @return with what they hold in their place
   */
  private List<Found> fewHere(List<Found> given) {
    Configuration hadoop = spark.hadoopConfiguration();
    List<Found> found = new ArrayList<>();
    Deque<Found> open = new ArrayDeque<>(given);
    int looks = 0;
    while (!open.isEmpty()) {
      Found next = open.remove();
      int left = BATCH - found.size() - open.size();
      Optional<FewThings> few = Optional.empty();
      if (next.folder() != null && left > 0 && looks < LOOKS_HERE) {
        few = next.folder().few(hadoop, left);
        looks++;
      }
      if (few.isPresent()) {
        open.addAll(few.get().found());
        passedOver.add(few.get().passedOver());
      } else {
        found.add(next);
      }
    }
    return found;
  }

  private void descend(List<Found> given) {
    size = Size.NONE.plus(given);
    int tasks = Math.min(given.size(), spark.defaultParallelism());
    JavaRDD<List<Found>> level = spark.parallelize(given, tasks).mapPartitions(Batches::new);
    levels.add(level);
    for (long folders = size.folders(); folders > 0; folders = add(level)) {
      level = lookInto(level, folders);
    }
  }

  /** How many folders the level has. */
  private long add(JavaRDD<List<Found>> level) {
    levels.add(level.persist(StorageLevel.MEMORY_AND_DISK()));
    Size found = level.aggregate(Size.NONE, Size::plus, Size::plus);
    size = size.plus(found);
    return found.folders();
  }

  private JavaRDD<List<Found>> lookInto(JavaRDD<List<Found>> level, long folders) {
    LongAccumulator others = passedOver;
    int tasks = (int) Math.min(folders, (long) spark.defaultParallelism() * TASKS_A_CORE);
    return level
        .flatMap(List::iterator)
        .filter(found -> found.folder() != null)
        .map(Found::folder)
        .mapToPair(folder -> new Tuple2<>(folder.path(), folder))
        .partitionBy(new HashPartitioner(tasks))
        .values()
        .flatMap(folder -> new Batches(look(folder, others)));
  }

  private static Iterator<Found> look(FolderToList folder, LongAccumulator passedOver) {
    Configuration hadoop = SparkHadoopUtil.get().conf();
    return folder.look(
        hadoop,
        opened ->
            TaskContext.get()
                .addTaskCompletionListener((TaskCompletionListener) task -> close(opened)),
        () -> passedOver.add(1));
  }

  private static void close(Closeable opened) {
    try {
      opened.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pictures in no order; one may be there twice, if two places lead to it. */
  public JavaRDD<PictureFile> pictures() {
    return levels.stream()
        .reduce(JavaRDD::union)
        .orElseThrow()
        .flatMap(List::iterator)
        .filter(found -> found.picture() != null)
        .map(Found::picture);
  }

  /** How many there are, each as often as it is there. */
  public long count() {
    return size.pictures();
  }

  /** How many tasks of {@link #costOfTask} they are. */
  public int tasks() {
    return (int) (size.cost() / costOfTask()) + 1;
  }

  /**
   * How much one task does, in bytes to read: so much that Spark's own work does not count, so
   * little that all cores have some and an interruption does not cost much.
   */
  public long costOfTask() {
    long share = size.cost() / ((long) spark.defaultParallelism() * TASKS_A_CORE);
    return Math.max(MIN_TASK, Math.min(MAX_TASK, share));
  }

  /** How many files were found that are no pictures by their names. */
  public long passedOver() {
    return passedOver.value();
  }

  @Override
  public void close() {
    // Spark prints a stack trace where it is stopped while it still forgets them.
    boolean blocking = true;
    levels.forEach(level -> level.unpersist(blocking));
  }
}
