package dev.lockstep.study;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.models.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where a study keeps what it found: a file for each training, written once and whole, so that a
 * study that was interrupted, or is made larger, trains the rest only.
 *
 * @param <R> what it finds: a record, kept as JSON
 */
public record StudyFolder<R extends StudyResult>(Path folder, Class<R> type) {
  private static final String CELLS = "cells";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PARQUET = "results.parquet";
  private static final Map<Class<?>, DataType> TYPES =
      Map.of(
          String.class, DataTypes.StringType,
          Integer.class, DataTypes.IntegerType,
          Long.class, DataTypes.LongType,
          Double.class, DataTypes.DoubleType,
          Boolean.class, DataTypes.BooleanType,
          double[].class, DataTypes.createArrayType(DataTypes.DoubleType, false));

  /** Settings as a name that a file may have. */
  public static String name(String... settings) {
    String all = String.join("_", settings);
    String safe = all.replaceAll("[^\\w.+=-]", "-");
    return safe.equals(all) ? safe : String.format(Locale.ROOT, "%s_%08x", safe, all.hashCode());
  }

  /** Makes the folder, where it is not there. */
  public void make() throws IOException {
    Files.createDirectories(folder.resolve(CELLS));
  }

  /**
   * What a training brought, if it was made already and still means what it meant then.
   *
   * @param meant as {@link StudyResult#meant}
   */
  public Optional<R> find(String name, String meant) throws IOException {
    Path file = file(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    R result = JSON.readValue(Files.readAllBytes(file), type);
    if (!name.equals(result.name())) {
      throw new IOException("%s: is of another training, %s".formatted(file, result.name()));
    }
    return meant.equals(result.meant()) ? Optional.of(result) : Optional.empty();
  }

  /** Keeps what a training brought. */
  public void write(R result) throws IOException {
    AtomicFile.write(file(result.name()), JSON.writeValueAsBytes(result));
  }

  private Path file(String name) {
    return folder.resolve(CELLS).resolve(name + ".json");
  }

  /**
   * Writes results as Parquet, in place of what was there.
   *
   * @param results at least one, with the same columns
   * @return where
   */
  public Path writeParquet(JavaSparkContext spark, List<R> results) {
    Path file = folder.resolve(PARQUET).toAbsolutePath();
    StructType columns = new StructType();
    for (Map.Entry<String, Object> column : results.get(0).columns().entrySet()) {
      columns = columns.add(column.getKey(), TYPES.get(column.getValue().getClass()));
    }
    SparkSession.builder()
        .sparkContext(spark.sc())
        .getOrCreate()
        .createDataFrame(results.stream().map(StudyFolder::row).toList(), columns)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(file.toUri().toString());
    return file;
  }

  private static Row row(StudyResult result) {
    return RowFactory.create(result.columns().values().toArray());
  }
}
