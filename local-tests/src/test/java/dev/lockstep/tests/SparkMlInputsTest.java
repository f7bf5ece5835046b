package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks with several inputs, each of which takes a column. */
@ExtendWith(SparkExtension.class)
class SparkMlInputsTest {
  private static final int ROWS = 48;
  private static final List<String> KINDS = List.of("a", "b", "c");

  @TempDir private Path folder;

  /** Sizes, which are two numbers, and one of three kinds, which decides as well. */
  private static Dataset<Row> table() {
    StructType columns =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("size", SQLDataTypes.VectorType())
            .add("kind", DataTypes.StringType)
            .add("label", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double a = i % 7 - 3;
      double b = i % 5 - 1.5;
      int kind = i % 3;
      rows.add(
          RowFactory.create(
              (long) i, Vectors.dense(a, b), KINDS.get(kind), a + b > 0 == kind < 2 ? 1.0 : 0.0));
    }
    return Frames.session(SparkExtension.context()).createDataFrame(rows, columns);
  }

  private static String network() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .updater(new Adam(0.02))
        .graphBuilder()
        .addInputs("sizes", "kinds")
        .addLayer("s", dense(2, 12), "sizes")
        .addLayer("k", dense(3, 4), "kinds")
        .addVertex("both", new MergeVertex(), "s", "k")
        .addLayer("hidden", dense(16, 16), "both")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(16)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build(),
            "hidden")
        .setOutputs("out")
        .build()
        .toJson();
  }

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
  }

  private static LockstepClassifier classifier() {
    return new LockstepClassifier()
        .setNetwork(network())
        .setFeaturesCols("size", "kind")
        .setIdCol("id")
        .setWorkers(2)
        .setBatchSize(6)
        .setEpochs(40)
        .setAveragingPeriod(1);
  }

  private static float[] sizes(List<Row> rows) {
    float[] sizes = new float[2 * ROWS];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (float) ((Vector) rows.get(i / 2).getAs("size")).apply(i % 2);
    }
    return sizes;
  }

  private static float[] kinds(List<Row> rows) {
    float[] kinds = new float[3 * ROWS];
    for (int i = 0; i < ROWS; i++) {
      kinds[3 * i + KINDS.indexOf(rows.get(i).<String>getAs("kind"))] = 1;
    }
    return kinds;
  }

  private static float[] probabilities(List<Row> rows) {
    float[] all = new float[2 * ROWS];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) ((Vector) rows.get(i / 2).getAs("probability")).apply(i % 2);
    }
    return all;
  }

  @Test
  void each_input_takes_its_column_in_training_saved_models_dl4j_and_onnx()
      throws IOException, OrtException {
    Dataset<Row> table = table();
    LockstepModel model = classifier().setValidationDataset(table).setValidateEvery(4).fit(table);
    model.save(folder.resolve("model").toString());

    LockstepModel loaded = LockstepModel.load(folder.resolve("model").toString());
    Dataset<Row> predicted = loaded.transform(table.select("kind", "label", "size"));

    List<Row> rows = predicted.collectAsList();
    assertThat(rows)
        .isEqualTo(model.transform(table.select("kind", "label", "size")).collectAsList());
    assertThat(predicted.where("prediction = label").count()).isGreaterThan(40);
    assertThat(model.summary().validations()).isNotEmpty();
    ComputationGraph graph = (ComputationGraph) loaded.network().newNetwork();
    Dl4jLocalTrainer.load(graph, loaded.state());
    INDArray output =
        graph
            .output(
                Nd4j.createFromArray(sizes(rows)).reshape(ROWS, 2),
                Nd4j.createFromArray(kinds(rows)).reshape(ROWS, 3))[0];
    assertThat(output.dup('c').data().asFloat())
        .containsExactly(probabilities(rows), within(1e-5f));
    String onnx = folder.resolve("model.onnx").toString();
    loaded.exportOnnx(onnx);
    try (OnnxFile file = new OnnxFile(onnx)) {
      assertThat(file.run(ROWS, sizes(rows), kinds(rows)))
          .containsExactly(probabilities(rows), within(1e-5f));
    }
  }

  @Test
  void normalisation_of_each_input_is_part_of_onnx_if_asked() throws OrtException {
    LockstepModel model = classifier().setNormalise("standardise").setEpochs(3).fit(table());
    List<Row> rows = model.transform(table()).collectAsList();
    String onnx = folder.resolve("whole.onnx").toString();

    model.exportOnnxWithPreprocessing(onnx);

    try (OnnxFile file = new OnnxFile(onnx)) {
      assertThat(file.run(ROWS, sizes(rows), kinds(rows)))
          .containsExactly(probabilities(rows), within(1e-5f));
    }
  }

  @Test
  void the_command_line_gives_each_input_its_columns() throws IOException {
    StringBuilder csv = new StringBuilder("kind,label,b,day,a\n");
    for (Row row : table().collectAsList()) {
      Vector size = row.getAs("size");
      csv.append(
          "%s,%d,%s,%d,%s%n"
              .formatted(
                  row.getAs("kind"),
                  row.<Double>getAs("label").intValue(),
                  size.apply(1),
                  row.<Long>getAs("id") % 4,
                  size.apply(0)));
    }
    Path data = Files.writeString(folder.resolve("table.csv"), csv);
    Path json = Files.writeString(folder.resolve("net.json"), network());
    String model = folder.resolve("run").toString();
    String train =
        "train custom --network %s --data %s --test %s --model-dir %s --workers 2 --no-plots --no-report"
            .formatted(json, data, data, model);
    System.setProperty("spark.master", "local[2]");

    String trained =
        run(
            train
                + " --input-columns kinds=kind --input-columns sizes=a,b --batch-size 6"
                + " --epochs 25 --averaging-period 1 --normalise standardise");

    String accuracy = accuracy(trained);
    assertThat(Double.parseDouble(accuracy)).isGreaterThan(0.7);
    assertThat(accuracy(run("evaluate --model %s --data %s --by day".formatted(model, data))))
        .isEqualTo(accuracy);
    assertThat(accuracy(run("predict --model %s --data %s --labels label".formatted(model, data))))
        .isEqualTo(accuracy);
    assertThat(
            run("export --model %s --to %s/m.onnx --with-preprocessing".formatted(model, folder)))
        .contains("takes sizes float32 [batch, 2], kinds float32 [batch, 3]");
    assertThat(refused(train)).contains("found 4: --input-columns says which columns");
    assertThat(refused(train + " --input-columns sizes=a,b"))
        .contains(
            "expected the columns of each input of the network (sizes, kinds), found those of sizes");
    assertThat(refused(train + " --input-columns sizes=a,c --input-columns kinds=kind"))
        .contains("expected a column 'c' for an input of the network, found kind, b, day, a");
    assertThat(
            refused(
                train.replace(json.toString(), model)
                    + " --input-columns sizes=a,b --input-columns kinds=kind"))
        .contains("knows its columns");
  }

  private static String run(String arguments) {
    CommandLine run = CommandLine.run(arguments.split(" "));
    assertThat(run.exitCode()).as(arguments + "\n" + run.err()).isZero();
    return run.out();
  }

  private static String refused(String arguments) {
    CommandLine run = CommandLine.run(arguments.split(" "));
    assertThat(run.exitCode()).as(arguments).isNotZero();
    assertThat(run.err()).hasLineCount(1);
    return run.err();
  }

  private static String accuracy(String out) {
    Matcher found = Pattern.compile("accuracy (0\\.\\d{4}|1\\.0000) \\(").matcher(out);
    assertThat(found.find()).as(out).isTrue();
    return found.group(1);
  }

  @Test
  void as_many_columns_as_inputs_are_expected() {
    String message =
        "the network has the inputs sizes, kinds: expected a column of features for each, in this"
            + " order, found 1";

    assertThatThrownBy(() -> classifier().setFeaturesCols("size").fit(table()))
        .isInstanceOf(ModelError.class)
        .hasMessage(message);
    LockstepClassifier one = classifier();
    one.clear(one.featuresCols());
    assertThatThrownBy(() -> one.setFeaturesCol("size").fit(table()))
        .isInstanceOf(ModelError.class)
        .hasMessage(message);
  }
}
