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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
