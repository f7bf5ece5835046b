package dev.lockstep.tests;

import dev.lockstep.data.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stages that one application has saved are loaded by another, which tells what they do. */
final class OtherApplication {
  private static final String STAGES = "stages";
  private static final String TOLD = "told";

  private OtherApplication() {}

  /** Saves a stage. */
  static void save(PipelineStage stage, Path folder) throws IOException {
    ((MLWritable) stage)
        .save(folder.resolve(STAGES).resolve(stage.getClass().getName()).toString());
  }

  /** What another process told of a stage. */
  static List<String> told(Path folder, Class<?> stage) throws IOException {
    return Files.readAllLines(folder.resolve(TOLD).resolve(stage.getName()));
  }

  /** What a stage is, and each row with what it predicts, to the bit; fitted first if need be. */
  static List<String> told(PipelineStage stage, Dataset<Row> rows) {
    List<String> lines = new ArrayList<>(List.of(stage.uid()));
    stage.explainParams().lines().forEach(lines::add);
    Transformer transformer =
        stage instanceof Estimator<?> estimator
            ? (Model<?>) estimator.fit(rows)
            : (Transformer) stage;
    transformer.transform(rows).collectAsList().stream()
        .sorted(Comparator.comparing((Row row) -> row.<Long>getAs("id")))
        .map(Row::toString)
        .forEach(lines::add);
    return lines;
  }

  /**
   * Loads all stages.
   *
   * @param args the folder
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Files.createDirectory(folder.resolve(TOLD));
    Dataset<Row> rows = SparkMlStagesTest.points();
    try (Stream<Path> stages = Files.list(folder.resolve(STAGES))) {
      for (Path saved : stages.toList()) {
        String name = saved.getFileName().toString();
        Object stage =
            Class.forName(name).getMethod("load", String.class).invoke(null, saved.toString());
        Files.write(folder.resolve(TOLD).resolve(name), told((PipelineStage) stage, rows));
      }
    }
    SparkExtension.stop();
  }
}
