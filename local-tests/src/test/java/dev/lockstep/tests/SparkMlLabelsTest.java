package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.ml.LockstepRegressor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.evaluation.MultilabelClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Labels of several values: labels of which a row may have several, and several numbers. */
@ExtendWith(SparkExtension.class)
class SparkMlLabelsTest {
  private static final String[] WEATHER = {"rain", "snow", "wind"};

  @TempDir private Path folder;

  private static SparkSession session() {
    return Frames.session(SparkExtension.context());
  }

  /** Three features, of whose signs each is a label of its own; and two sums of them. */
  private static Dataset<Row> days() {
    StructType columns =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("features", SQLDataTypes.VectorType())
            .add("first", DataTypes.DoubleType)
            .add("second", DataTypes.DoubleType);
    for (String label : WEATHER) {
      columns = columns.add(label, DataTypes.DoubleType);
    }
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 60; i++) {
      double a = i % 4 - 1.5;
      double b = i % 5 - 2.2;
      double c = i % 3 - 0.8;
      rows.add(
          RowFactory.create(
              i,
              Vectors.dense(a, b, c),
              1000 + 50 * a,
              a - c,
              a > 0 ? 1.0 : 0,
              b > 0 ? 1.0 : 0,
              c > 0 ? 1.0 : 0));
    }
    return new VectorAssembler()
        .setInputCols(WEATHER)
        .setOutputCol("label")
        .transform(session().createDataFrame(rows, columns));
  }

  private static LockstepClassifier classifier() {
    return new LockstepClassifier()
        .setIdCol("id")
        .setWorkers(2)
        .setBatchSize(5)
        .setEpochs(20)
        .setLearningRate(0.05)
        .setPredictedLabelCol("weather");
  }

  private static List<double[]> vectors(Dataset<Row> table, String column) {
    return table.select(column).collectAsList().stream()
        .map(row -> ((Vector) row.get(0)).toArray())
        .toList();
  }

  private static float[] flat(List<double[]> rows) {
    float[] all = new float[rows.size() * rows.get(0).length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) rows.get(i / rows.get(0).length)[i % rows.get(0).length];
    }
    return all;
  }

  @Test
  void several_labels_of_a_row_are_learnt_saved_predicted_and_exported()
      throws IOException, OrtException {
    Dataset<Row> days = days();
    LockstepModel model = classifier().fit(days);
    model.save(folder.resolve("model").toString());
    LockstepModel loaded = LockstepModel.load(folder.resolve("model").toString());

    Dataset<Row> predicted = loaded.transform(days);

    assertThat(loaded.classNames()).containsExactly(WEATHER);
    assertThat(loaded.numOutputs()).isEqualTo(3);
    assertThat(predicted.collectAsList()).isEqualTo(model.transform(days).collectAsList());
    assertThat(predicted.where("prediction = label").count()).isGreaterThan(50);
    for (Row row : predicted.collectAsList()) {
      double[] probability = ((Vector) row.getAs("probability")).toArray();
      double[] odds = ((Vector) row.getAs("rawPrediction")).toArray();
      double[] prediction = ((Vector) row.getAs("prediction")).toArray();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        assertThat(1 / (1 + Math.exp(-odds[i]))).isCloseTo(probability[i], within(1e-6));
        assertThat(prediction[i]).isEqualTo(probability[i] > 0.5 ? 1 : 0);
        if (prediction[i] == 1) {
          names.add(WEATHER[i]);
        }
      }
      assertThat(row.<String>getList(row.fieldIndex("weather"))).isEqualTo(names);
    }
    String onnx = folder.resolve("model.onnx").toString();
    loaded.exportOnnxWithPreprocessing(onnx);
    try (OnnxFile file = new OnnxFile(onnx)) {
      assertThat(file.run(flat(vectors(days, "features")), 60, 3))
          .containsExactly(flat(vectors(predicted, "probability")), within(1e-5f));
      assertThat(
              JsonMapper.builder().build().readValue(file.metadata().get("labels"), String[].class))
          .containsExactly(WEATHER);
    }
  }

  @Test
  void arrays_give_the_same_and_sparks_evaluator_takes_numbers_of_labels() {
    Dataset<Row> days = days();
    Dataset<Row> arrays =
        days.withColumn("label", functions.vector_to_array(days.col("label"), "float64"));
    LockstepModel model = classifier().fit(arrays);
    assertThat(model.state()).isEqualTo(classifier().fit(days).state());

    Dataset<Row> predicted = model.setThresholds(0.5, 0.5, 1).transform(days);
    Dataset<Row> numbers =
        predicted
            .withColumn("l", functions.vector_to_array(predicted.col("label"), "float64"))
            .withColumn("p", functions.vector_to_array(predicted.col("prediction"), "float64"))
            .selectExpr(
                "filter(array(0D, 1D, 2D), i -> l[int(i)] = 1) as label",
                "filter(array(0D, 1D, 2D), i -> p[int(i)] = 1) as prediction");

    double recall =
        new MultilabelClassificationEvaluator()
            .setMetricName("recallByLabel")
            .setMetricLabel(1)
            .evaluate(numbers);
    assertThat(recall).isGreaterThan(0.9);
    assertThat(predicted.where("array_contains(weather, '2')").count()).isZero();
  }

  @Test
  void weights_early_stopping_and_streams_go_with_several_labels() throws Exception {
    Dataset<Row> days = days().withColumn("weight", org.apache.spark.sql.functions.lit(2.0));
    LockstepModel model =
        classifier()
            .setWeightCol("weight")
            .setValidationDataset(days)
            .setPatience(1)
            .setMinDelta(100)
            .fit(days);
    assertThat(model.summary().validations()).hasSize(2);
    String in = folder.resolve("in").toString();
    String out = folder.resolve("out").toString();
    days.write().parquet(in);

    StreamingQuery query =
        model
            .transform(session().readStream().schema(days.schema()).parquet(in))
            .writeStream()
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .start(out);
    query.processAllAvailable();
    query.stop();

    assertThat(session().read().parquet(out).collectAsList())
        .containsExactlyInAnyOrderElementsOf(model.transform(days).collectAsList());
  }

  @Test
  void several_numbers_are_learnt_and_told_in_their_units() throws IOException, OrtException {
    Dataset<Row> days =
        new VectorAssembler()
            .setInputCols(new String[] {"first", "second"})
            .setOutputCol("numbers")
            .transform(days());
    LockstepModel model =
        new LockstepRegressor()
            .setLabelCol("numbers")
            .setIdCol("id")
            .setWorkers(2)
            .setBatchSize(5)
            .setEpochs(40)
            .setLearningRate(0.05)
            .fit(days);

    Dataset<Row> predicted = model.transform(days);

    List<double[]> expected = vectors(predicted, "numbers");
    List<double[]> found = vectors(predicted, "prediction");
    for (int i = 0; i < 60; i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), within(5.0));
    }
    String onnx = folder.resolve("model.onnx").toString();
    model.exportOnnxWithPreprocessing(onnx);
    try (OnnxFile file = new OnnxFile(onnx)) {
      assertThat(file.run(flat(vectors(days, "features")), 60, 3))
          .containsExactly(flat(found), within(1e-2f));
      assertThat(file.metadata().get("labels")).isEqualTo("[\"first\",\"second\"]");
    }
  }

  private static Arguments misfit(String message, UnaryOperator<LockstepClassifier> setting) {
    return Arguments.of(message, setting);
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        misfit(
            "monitor accuracy needs classes: use loss",
            c -> c.setValidationDataset(days()).setMonitor("accuracy").setPatience(1)),
        misfit(
            "classWeights are of classes, of which a row has one: with several labels of a row,"
                + " use weightCol",
            c -> c.setClassWeights("balanced")),
        misfit(
            "expected 0 or 1 for each of several labels, found -0.5 for label 2: set handleInvalid"
                + " to skip to leave such rows out",
            c -> c.setLabelCol("bad")),
        misfit(
            "expected a label of 3 values, found 1: set handleInvalid to skip to leave such rows"
                + " out",
            c -> c.setLabelCol("short")),
        misfit(
            "labelCol: column one: expected 2 labels or more in each row, found 1: give class"
                + " numbers",
            c -> c.setLabelCol("one")),
        misfit(
            "several labels of a row need a network that ends in sigmoid outputs with the binary"
                + " cross-entropy (XENT), one a label",
            c ->
                c.setNetwork(
                    new LockstepRegressor()
                        .setEpochs(1)
                        .setLabelCol("features")
                        .fit(days())
                        .network()
                        .json())));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void what_does_not_fit_is_one_line(String message, UnaryOperator<LockstepClassifier> setting) {
    Dataset<Row> days =
        days()
            .selectExpr(
                "*",
                "array(rain, snow, -0.5) as bad",
                "array(rain) as one",
                "slice(array(rain, snow, wind), 1, if(id = 7, 1, 3)) as short");

    assertThatThrownBy(() -> setting.apply(classifier()).fit(days))
        .hasStackTraceContaining(message);
  }
}
