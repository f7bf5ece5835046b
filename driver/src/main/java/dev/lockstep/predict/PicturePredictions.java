package dev.lockstep.predict;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sum;

import dev.lockstep.data.DataError;
import dev.lockstep.train.ConfusionMatrix;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Predictions of pictures, kept while they are looked at. */
public final class PicturePredictions implements AutoCloseable {
  private static final long TASK_BYTES = 64 << 20;

  /** What opening a file costs, in bytes that could be read instead. */
  private static final long PER_FILE = 64 << 10;

  private final Dataset<Row> rows;
  private final long found;

  private PicturePredictions(Dataset<Row> rows, long found) {
    this.rows = rows;
    this.found = found;
  }

  /**
   * Predicts all pictures at some paths.
   *
   * @param paths files, folders or globs, on any Hadoop file system
   * @param top how many of the most probable classes to name, at least 1
   * @param output where the predictions go; what it has already is left out
   * @throws DataError if there are no pictures
   */
  public static PicturePredictions of(
      JavaSparkContext context,
      List<String> paths,
      PictureModel model,
      int top,
      Optional<PredictionOutput> output) {
    SparkSession spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    Dataset<Row> all = PictureFiles.list(spark, paths).persist(StorageLevel.MEMORY_AND_DISK());
    if (all.isEmpty()) {
      throw new DataError("%s: no pictures found there".formatted(String.join(", ", paths)));
    }
    Dataset<Row> files =
        output.map(existing -> existing.without(spark, all, model.id())).orElse(all);
    Broadcast<PictureModel> broadcast = context.broadcast(model);
    long found = files.count();
    JavaRDD<Row> predicted =
        files
            .javaRDD()
            .repartition(tasks(context, files, found))
            .mapPartitions(part -> new PicturePredictor(part, broadcast.value(), top));
    Dataset<Row> rows =
        spark
            .createDataFrame(predicted, PicturePrediction.COLUMNS)
            .persist(StorageLevel.MEMORY_AND_DISK());
    PicturePredictions predictions = new PicturePredictions(rows, found);
    predictions.checkCounts();
    if (predictions.found > 0) {
      output.ifPresent(existing -> existing.write(rows));
    }
    all.unpersist();
    return predictions;
  }

  /** So many that each has about 64 MB to read, however small the files, and all cores some. */
  private static int tasks(JavaSparkContext context, Dataset<Row> files, long found) {
    long bytes = found == 0 ? 0 : files.agg(sum("length")).first().getLong(0);
    long perFile = found * PER_FILE;
    return (int) Math.max(context.defaultParallelism(), (bytes + perFile) / TASK_BYTES);
  }

  private void checkCounts() {
    if (predicted() + quarantined() != found) {
      throw new IllegalStateException(
          "of %d pictures %d were predicted and %d quarantined"
              .formatted(found, predicted(), quarantined()));
    }
  }

  /** How many pictures there were. */
  public long found() {
    return found;
  }

  /** How many were predicted. */
  public long predicted() {
    return rows.where("reason is null").count();
  }

  /** How many could not be. */
  public long quarantined() {
    return rows.where("reason is not null").count();
  }

  /** The first lines by path, at most so many. */
  public List<Row> first(int lines) {
    return rows.sort("path").limit(lines).collectAsList();
  }

  /**
   * How predictions compare with the names of the folders that pictures are in.
   *
   * @throws DataError if a folder's name is no class
   */
  public ConfusionMatrix byFolder(int classes) {
    ConfusionMatrix confusion = new ConfusionMatrix(new long[classes][classes]);
    rows.where("reason is null")
        .groupBy(element_at(split(col("path"), "/"), -2).as("folder"), col("prediction"))
        .count()
        .collectAsList()
        .forEach(
            row ->
                confusion.counts()[label(row.getString(0), classes)][row.getInt(1)] +=
                    row.getLong(2));
    return confusion;
  }

  private static int label(String folder, int classes) {
    if (folder.matches("[0-9]{1,9}") && Integer.parseInt(folder) < classes) {
      return Integer.parseInt(folder);
    }
    throw new DataError(
        "%s: expected a folder named by its class, 0 to %d".formatted(folder, classes - 1));
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
