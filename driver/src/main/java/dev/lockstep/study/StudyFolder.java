package dev.lockstep.study;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.models.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where a study keeps what it found: a file for each cell, written once and whole, so that a study
 * that was interrupted, or is made larger, trains the rest only.
 */
public record StudyFolder(Path folder) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PARQUET = "results.parquet";

  /**
   * What a cell brought, if it was trained already and still means what it meant then.
   *
   * @param meant its network, data and learning rates, as {@link StudyRow#meant}
   */
  public Optional<StudyRow> find(StudyCell cell, String meant) throws IOException {
    Path file = file(cell);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    StudyRow row = JSON.readValue(Files.readAllBytes(file), StudyRow.class);
    if (!row.cell().equals(cell)) {
      throw new IOException("%s: is of another cell, %s".formatted(file, row.cell()));
    }
    return meant.equals(row.meant()) ? Optional.of(row) : Optional.empty();
  }

  /** Keeps what a cell brought. */
  public void write(StudyRow row) throws IOException {
    Files.createDirectories(folder.resolve("cells"));
    AtomicFile.write(file(row.cell()), JSON.writeValueAsBytes(row));
  }

  private Path file(StudyCell cell) {
    return folder.resolve("cells").resolve(cell.name() + ".json");
  }

  /**
   * Writes rows as Parquet, in place of what was there.
   *
   * @return where
   */
  public Path writeParquet(JavaSparkContext spark, List<StudyRow> rows) {
    Path file = folder.resolve(PARQUET).toAbsolutePath();
    StructType columns =
        new StructType()
            .add("network", DataTypes.StringType)
            .add("data", DataTypes.StringType)
            .add("workers", DataTypes.IntegerType)
            .add("period", DataTypes.StringType)
            .add("outer", DataTypes.StringType)
            .add("optimizer", DataTypes.StringType)
            .add("learningRate", DataTypes.DoubleType)
            .add("schedule", DataTypes.StringType)
            .add("weightsAverage", DataTypes.StringType)
            .add("epochs", DataTypes.IntegerType)
            .add("minibatch", DataTypes.IntegerType)
            .add("seed", DataTypes.LongType)
            .add("steps", DataTypes.LongType)
            .add("rounds", DataTypes.LongType)
            .add("sentBytes", DataTypes.LongType)
            .add("accuracy", DataTypes.DoubleType)
            .add("averageAccuracy", DataTypes.DoubleType)
            .add("testLoss", DataTypes.DoubleType)
            .add("trainingLoss", DataTypes.DoubleType)
            .add("diverged", DataTypes.BooleanType)
            .add("seconds", DataTypes.DoubleType);
    SparkSession.builder()
        .sparkContext(spark.sc())
        .getOrCreate()
        .createDataFrame(rows.stream().map(StudyFolder::values).toList(), columns)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(file.toUri().toString());
    return file;
  }

  private static Row values(StudyRow row) {
    StudyCell cell = row.cell();
    return RowFactory.create(
        cell.network(),
        cell.data(),
        cell.workers(),
        cell.averaging().period(),
        cell.averaging().outer(),
        cell.optimizer(),
        row.rate(),
        cell.schedule(),
        cell.weights(),
        cell.epochs(),
        cell.minibatch(),
        cell.seed(),
        row.steps(),
        row.rounds(),
        row.sentBytes(),
        row.accuracy(),
        row.averageAccuracy(),
        row.testLoss(),
        row.trainingLoss(),
        row.diverged(),
        row.seconds());
  }
}
