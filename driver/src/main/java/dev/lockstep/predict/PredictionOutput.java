package dev.lockstep.predict;

import dev.lockstep.data.DataError;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * A folder with {@code predictions} and {@code quarantine}. Spark writes each in whole or not at
 * all; what a run finds there it does not do again.
 *
 * @param folder on any Hadoop file system
 */
public record PredictionOutput(String folder, OutputFormat format) {
  private static final String PREDICTIONS = "predictions";
  private static final String QUARANTINE = "quarantine";

  /** The pictures that are not in the output yet. */
  Dataset<Row> without(SparkSession spark, Dataset<Row> files, String model) {
    Dataset<Row> left = files;
    if (exists(spark, PREDICTIONS)) {
      Dataset<Row> done = read(spark, format.sparkName(), PREDICTIONS);
      done.select("model").distinct().collectAsList().forEach(row -> expect(model, row));
      left = left.join(done.select("path"), "path", "left_anti");
    }
    return exists(spark, QUARANTINE)
        ? left.join(read(spark, "csv", QUARANTINE).select("path"), "path", "left_anti")
        : left;
  }

  private void expect(String model, Row row) {
    if (!model.equals(row.getString(0))) {
      throw new DataError(
          "%s: holds predictions of another model, %s, not %s: give another --out"
              .formatted(folder, row.getString(0), model));
    }
  }

  /**
   * Adds predictions.
   *
   * @param rows as {@link PicturePrediction#COLUMNS}
   */
  void write(Dataset<Row> rows) {
    Dataset<Row> predicted = rows.where("reason is null").drop("reason").sort("path");
    Dataset<Row> quarantined = rows.where("reason is not null").select("path", "reason");
    write(format.prepare(predicted), format.sparkName(), PREDICTIONS);
    if (!quarantined.isEmpty()) {
      write(quarantined.sort("path"), "csv", QUARANTINE);
    }
  }

  private void write(Dataset<Row> rows, String as, String part) {
    try {
      rows.write().mode(SaveMode.Append).format(as).option("header", "true").save(path(part));
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new DataError("%s: cannot be written: %s".formatted(folder, cause.getMessage()), e);
    }
  }

  private Dataset<Row> read(SparkSession spark, String as, String part) {
    Dataset<Row> rows;
    try {
      rows = spark.read().format(as).option("header", "true").load(path(part));
    } catch (Exception notOfThisFormat) { // Scala's exceptions are not declared.
      throw otherFormat(as, part, notOfThisFormat);
    }
    if (!List.of(rows.columns()).contains("path")) {
      throw otherFormat(as, part, null);
    }
    return rows;
  }

  private DataError otherFormat(String as, String part, Exception cause) {
    return new DataError(
        "%s: expected earlier predictions as %s: give the same --format, or another --out"
            .formatted(path(part), as),
        cause);
  }

  private boolean exists(SparkSession spark, String part) {
    Path success = new Path(path(part), "_SUCCESS");
    try {
      return success.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(success);
    } catch (IOException e) {
      throw new DataError("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private String path(String part) {
    return folder + "/" + part;
  }
}
