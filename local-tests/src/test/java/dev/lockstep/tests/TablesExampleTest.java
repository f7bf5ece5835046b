package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as people have them, from CSV to a tuned, saved, reloaded and exported classifier. */
@ExtendWith(SparkExtension.class)
class TablesExampleTest {
  private static final Path PAGE = Path.of("../driver/SPARK_ML.md");
  private static final Path SOURCE =
      Path.of("src/test/java/dev/lockstep/tests/TablesExampleTest.java");

  @TempDir private Path folder;

  // Example begins.
  static double tuneTable(SparkSession spark, String csv, String separator, String label, String to)
      throws IOException {
    Dataset<Row> table =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .option("sep", separator)
            .csv(csv);
    Dataset<Row>[] parts = table.randomSplit(new double[] {0.7, 0.3}, 1);
    String[] features =
        Arrays.stream(table.columns()).filter(name -> !name.equals(label)).toArray(String[]::new);
    LockstepClassifier classifier =
        new LockstepClassifier()
            .setFeaturesCols(features)
            .setLabelCol("class number") // by which Spark's evaluators compare
            .setNormalise("standardise")
            .setHiddenLayers(16)
            .setBatchSize(16)
            .setEpochs(40)
            .setPredictedLabelCol("predicted " + label);
    StringIndexer numbers = new StringIndexer().setInputCol(label).setOutputCol("class number");
    CrossValidator tuning =
        new CrossValidator()
            .setEstimator(new Pipeline().setStages(new PipelineStage[] {numbers, classifier}))
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(classifier.learningRate(), new double[] {1e-4, 1e-2})
                    .build())
            .setEvaluator(
                new MulticlassClassificationEvaluator()
                    .setLabelCol("class number")
                    .setMetricName("accuracy"))
            .setNumFolds(2);
    ((PipelineModel) tuning.fit(parts[0]).bestModel()).write().overwrite().save(to);

    PipelineModel reloaded = PipelineModel.load(to);
    ((LockstepModel) reloaded.stages()[1]).exportOnnx(to + ".onnx"); // for other programs
    return tuning.getEvaluator().evaluate(reloaded.transform(parts[1]));
  }

  // Example ends.

  private static String table(String name) {
    return Path.of("src/test/resources/tables", name).toAbsolutePath().toString();
  }

  @ParameterizedTest
  @CsvSource({"iris.csv, species, 0.85", "wine.csv, cultivar, 0.9"})
  void iris_and_wine_are_tuned_saved_and_predicted(String file, String label, double accuracy)
      throws IOException {
    SparkSession spark = Frames.session(SparkExtension.context());

    assertThat(tuneTable(spark, table(file), ",", label, folder.resolve("model").toString()))
        .isGreaterThan(accuracy);
    assertThat(folder.resolve("model.onnx")).isNotEmptyFile();
  }

  @Test
  void so_are_passengers_with_semicolons_texts_and_gaps() throws IOException {
    SparkSession spark = Frames.session(SparkExtension.context());
    Path csv = folder.resolve("passengers.csv");
    Passengers.write(csv, 400, 3);

    assertThat(
            tuneTable(spark, csv.toString(), ";", "survived", folder.resolve("model").toString()))
        .isBetween(0.75, 1.0);
  }

  @Test
  void the_page_shows_what_is_run() throws IOException {
    String source = Files.readString(SOURCE);
    String example =
        source.substring(
            source.indexOf("static double tuneTable"), source.indexOf("  // Example ends."));

    assertThat(Files.readString(PAGE).lines().map(String::strip))
        .containsSequence(example.strip().lines().map(String::strip).toList());
  }

  @Test
  void the_shell_trains_two_rates_and_evaluates_the_better_on_other_passengers()
      throws IOException, OrtException {
    Path csv = folder.resolve("passengers.csv");
    Path others = folder.resolve("others.csv");
    Passengers.write(csv, 400, 3);
    Passengers.write(others, 200, 4);
    for (String rate : new String[] {"0.0001", "0.01"}) {
      CommandLine trained = train(csv, others, rate);
      assertThat(trained.exitCode()).as(trained.err()).isZero();
      assertThat(trained.out()).contains("column name is left out: more than 100 different texts");
    }

    CommandLine evaluated =
        CommandLine.run(
            "evaluate",
            "--model",
            folder.resolve("0.01").toString(),
            "--data",
            others.toString(),
            "--labels",
            "survived");

    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).containsPattern("accuracy 0\\.[789]").contains("yes");
    CommandLine predicted = of("predict", "--data", others.toString(), "--keep", "passenger,name");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predicted.out()).contains("200 rows predicted, 0 not usable");
    Path onnx = folder.resolve("passengers.onnx");
    CommandLine exported = of("export", "--to", onnx.toString());
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    try (OnnxFile file = new OnnxFile(onnx.toString())) {
      assertThat(file.metadata().get("model")).contains(hash(csv));
    }
  }

  /** As it is told of what is trained. */
  private static String hash(Path csv) {
    CommandLine looked =
        CommandLine.run(
            "inspect",
            csv.toString(),
            "--labels",
            "survived",
            "--ignore-columns",
            "passenger",
            "--json");
    Matcher found = Pattern.compile("\"hash\":\"(\\w+)\"").matcher(looked.out());
    assertThat(found.find()).as(looked.out() + looked.err()).isTrue();
    return "\"dataHash\" : \"%s\"".formatted(found.group(1));
  }

  private CommandLine of(String command, String... arguments) {
    return CommandLine.run(
        Stream.concat(
                Stream.of(command, "--model", folder.resolve("0.01").toString()),
                Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  private CommandLine train(Path csv, Path others, String rate) {
    return CommandLine.run(
        "train",
        "custom",
        "--network",
        "dense:16",
        "--data",
        csv.toString(),
        "--labels",
        "survived",
        "--ignore-columns",
        "passenger",
        "--validation",
        others.toString(),
        "--normalise",
        "standardise",
        "--epochs",
        "15",
        "--batch-size",
        "16",
        "--learning-rate",
        rate,
        "--model-dir",
        folder.resolve(rate).toString(),
        "--no-plots",
        "--no-report");
  }
}
