package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.Examples;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.models.network.ExampleNetwork;
import dev.lockstep.strategy.Shards;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Models as ONNX files, against what they predict here. */
class OnnxExportTest {
  private static final float TOLERANCE = 1e-5f;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @BeforeEach
  void fewWorkers() {
    System.setProperty("spark.master", "local[2]");
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void expectSame(float[] found, float[] expected, int classes) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE)) {
        assertThat(found[i]).as("value %d", i).isCloseTo(expected[i], within(TOLERANCE));
      }
    }
    for (int row = 0; row < found.length / classes; row++) {
      assertThat(largest(found, row, classes))
          .as("class of example %d", row)
          .isEqualTo(largest(expected, row, classes));
    }
  }

  private static int largest(float[] values, int row, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      best = values[row * classes + i] > values[row * classes + best] ? i : best;
    }
    return best;
  }

  @ParameterizedTest
  @EnumSource(names = {"SOFTMAX", "LENET"})
  @Needs(PublishedData.MNIST)
  void all_test_images_of_mnist_are_told_as_here(ExampleNetwork network)
      throws IOException, OrtException {
    Examples images;
    try (Shards test = Shards.load(SparkExtension.context(), RealMnist.files().test(), 1)) {
      images = test.blocks().first();
    }
    int count = images.size();
    float[] pixels = new float[count * 784];
    float[] labels = new float[count * 10];
    for (int i = 0; i < count; i++) {
      images.copy(i, i, pixels, labels);
    }
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(pixels[i] * 255);
    }
    LocalTrainer trainer = LocalTrainers.create(network.definition(), LocalStep.AUTO, 10, 28, 28);
    trainer.load(Dl4jLocalTrainer.stateOf(network.definition().newNetwork()));
    for (int step = 0; step < 100; step++) {
      trainer.step(part(pixels, labels, step * 64, 64));
    }
    float[] expected = trainer.output(new Minibatch(pixels, labels, count));
    Map<String, byte[]> inputs =
        Map.of(
            "normalisation.json",
            "{\"method\":\"SCALE\",\"offsets\":[0],\"factors\":[0.00392156862745098]}".getBytes(),
            "preprocessing.json",
            "{\"width\":28,\"height\":28,\"fit\":\"MNIST\",\"inversion\":\"AUTO\"}".getBytes());
    Path model = folder.resolve("model.zip");
    ModelFile.write(model, network.definition(), trainer.state(), inputs);
    trainer.close();

    CommandLine plain = export(model.toString(), file("plain.onnx"));
    CommandLine whole = export(model.toString(), file("whole.onnx"), "--with-preprocessing");

    assertThat(plain.out()).contains("note: the graph takes values that are normalised");
    assertThat(whole.out()).contains("takes features uint8 [batch, 28, 28, 1]");
    long[] shape =
        network == ExampleNetwork.LENET ? new long[] {count, 1, 28, 28} : new long[] {count, 784};
    try (OnnxFile of = new OnnxFile(file("plain.onnx"))) {
      expectSame(of.run(pixels, shape), expected, 10);
    }
    try (OnnxFile of = new OnnxFile(file("whole.onnx"))) {
      expectSame(of.run(bytes, count, 28, 28, 1), expected, 10);
    }
  }

  private static Minibatch part(float[] features, float[] labels, int from, int size) {
    return new Minibatch(
        Arrays.copyOfRange(features, from * 784, (from + size) * 784),
        Arrays.copyOfRange(labels, from * 10, (from + size) * 10),
        size);
  }

  private static CommandLine export(String model, String to, String... more) {
    String[] arguments = {"export", "--model", model, "--to", to};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandLine.run(all);
  }

  @Test
  void colour_pictures_are_told_as_the_command_line_predicts_them()
      throws IOException, OrtException {
    Random random = new Random(1);
    int count = 40;
    byte[] pixels = new byte[count * 32 * 32 * 3];
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      for (int at = 0; at < 32 * 32; at++) {
        int rgb = random.nextInt(1 << 24) >> (i % 10 < 5 ? 1 : 0);
        image.setRGB(at % 32, at / 32, rgb);
        for (int channel = 0; channel < 3; channel++) {
          pixels[(i * 1024 + at) * 3 + channel] =
              (byte) (image.getRGB(at % 32, at / 32) >> 16 - 8 * channel);
        }
      }
      Path to = folder.resolve("pictures/%d/%02d.png".formatted(i % 10, i));
      Files.createDirectories(to.getParent());
      ImageIO.write(image, "png", to.toFile());
    }
    String model = file("model");
    CommandLine trained =
        CommandLine.run(
            ("train custom --network cifar --normalise standardise --epochs 3 --batch-size 10"
                    + " --workers 1 --no-plots --no-report --data "
                    + file("pictures")
                    + " --model-dir "
                    + model)
                .split(" "));
    assertThat(trained.exitCode()).as(trained.err()).isZero();

    CommandLine exported = export(model, file("model.onnx"), "--with-preprocessing");
    CommandLine predicted =
        CommandLine.run(
            ("predict --format json --top 10 --images "
                    + file("pictures")
                    + " --out "
                    + file("out")
                    + " --model "
                    + model)
                .split(" "));

    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    float[] expected = new float[count * 10];
    List<Path> parts;
    try (var files = Files.list(folder.resolve("out/predictions"))) {
      parts = files.toList();
    }
    for (Path part : parts) {
      for (String line : Files.readAllLines(part)) {
        var row = JSON.readTree(line);
        int number = Integer.parseInt(row.get("path").asText().replaceAll(".*/(\\d+)[.]png", "$1"));
        for (int i = 0; i < 10; i++) {
          expected[number * 10 + i] = row.get("probabilities").get(i).floatValue();
        }
      }
    }
    try (OnnxFile of = new OnnxFile(file("model.onnx"))) {
      expectSame(of.run(pixels, count, 32, 32, 3), expected, 10);
      assertThat(JSON.readTree(of.metadata().get("classes"))).hasSize(10);
      assertThat(JSON.readTree(of.metadata().get("model")).get("config").get("seed").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void a_classifier_of_spark_ml_gives_the_same_probabilities_of_columns_as_they_are()
      throws OrtException, IOException {
    SparkSession spark = Frames.session(SparkExtension.context());
    Dataset<Row> iris =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(Path.of("src/test/resources/tables/iris.csv").toAbsolutePath().toString());
    String[] columns =
        Arrays.stream(iris.columns())
            .filter(name -> !name.equals("species"))
            .toArray(String[]::new);
    LockstepModel model =
        new LockstepClassifier()
            .setFeaturesCols(columns)
            .setLabelCol("species")
            .setNormalise("standardise")
            .setHiddenLayers(8)
            .setBatchSize(10)
            .setEpochs(3)
            .fit(iris);
    List<Row> rows =
        model
            .transform(iris)
            .selectExpr("array(`" + String.join("`,`", columns) + "`)", "probability")
            .collectAsList();
    float[] values = new float[rows.size() * columns.length];
    float[] expected = new float[rows.size() * 3];
    for (int i = 0; i < rows.size(); i++) {
      List<Double> features = rows.get(i).getList(0);
      for (int k = 0; k < columns.length; k++) {
        values[i * columns.length + k] = features.get(k).floatValue();
      }
      double[] probability = ((Vector) rows.get(i).get(1)).toArray();
      for (int k = 0; k < 3; k++) {
        expected[i * 3 + k] = (float) probability[k];
      }
    }

    model.exportOnnxWithPreprocessing(file("iris.onnx"));
    model.exportOnnx(file("network.onnx"));

    try (OnnxFile of = new OnnxFile(file("iris.onnx"));
        OnnxFile network = new OnnxFile(file("network.onnx"))) {
      expectSame(of.run(values, rows.size(), columns.length), expected, 3);
      assertThat(of.metadata()).isEqualTo(network.metadata());
      assertThat(JSON.readValue(of.metadata().get("classes"), String[].class))
          .containsExactlyElementsOf(model.classNames());
      assertThat(JSON.readTree(of.metadata().get("summary")).get("dataHash").asText())
          .isEqualTo(model.summary().dataHash());
    }
  }

  @Test
  void a_network_of_sequences_says_that_it_takes_any_length_and_no_masks() {
    NetworkDefinition network = ExampleNetwork.LSTM.definition();
    Path model = folder.resolve("model.zip");
    ModelFile.write(model, network, Dl4jLocalTrainer.stateOf(network.newNetwork()), Map.of());

    assertThat(export(model.toString(), file("a.onnx")).out().lines())
        .containsExactly(
            "note: all sequences of a minibatch have as many steps: the graph takes no masks",
            "exported %s: takes features float32 [batch, 64, features_steps], gives output float32 [batch, 64, output_steps]; opset 13"
                .formatted(file("a.onnx")));
    assertThat(export(model.toString(), file("a.onnx"), "--input", "64x9").out())
        .contains("takes features float32 [batch, 64, 9], gives output float32 [batch, 64, 9];");
  }

  @Test
  void one_output_for_two_classes_becomes_the_probabilities_of_both()
      throws IOException, OrtException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(2)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
    network.init();
    network.setParams(Nd4j.createFromArray(2f, -1f, 0.5f).reshape(1, 3));
    Path model = folder.resolve("model.zip");
    ModelFile.write(
        model,
        NetworkDefinition.of(network),
        Dl4jLocalTrainer.stateOf(network),
        Map.of(
            "normalisation.json",
            "{\"method\":\"STANDARDISE\",\"offsets\":[10,20],\"factors\":[0.5,2]}".getBytes(),
            "classes.json",
            "[\"no\",\"yes\"]".getBytes()));

    CommandLine exported = export(model.toString(), file("a.onnx"), "--with-preprocessing");

    assertThat(exported.out()).contains("gives output float32 [batch, 2];");
    double yes = 1 / (1 + Math.exp(-(2 * (11 - 10) * 0.5 - (20.5 - 20) * 2 + 0.5)));
    try (OnnxFile of = new OnnxFile(file("a.onnx"))) {
      assertThat(of.run(new float[] {11, 20.5f}, 1, 2))
          .containsExactly(new float[] {(float) (1 - yes), (float) yes}, within(TOLERANCE));
    }
  }

  @Test
  void what_cannot_be_exported_is_one_line() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ElementWiseMultiplicationLayer.Builder().nIn(4).nOut(4).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    String model = file("model.zip");
    ModelSerializer.writeModel(network, model, true);

    assertMistake(
        export(model, file("a.onnx")),
        model
            + ": cannot be exported to ONNX: layer 0 (ElementWiseMultiplicationLayer): this type"
            + " of layer");
    assertMistake(
        export(model, file("a.txt")),
        "--to %s: expected the name of a file that ends with .onnx".formatted(file("a.txt")));
    assertMistake(
        export(model, file("a.onnx"), "--with-preprocessing"),
        model + ": does not say what data becomes before the network sees it");
    CommandLine shape = export(model, file("a.onnx"), "--input", "1x0x4");
    assertThat(shape.exitCode()).isEqualTo(2);
    assertThat(shape.err())
        .startsWith("lockstep: --input: expected sizes with x between them, such as 3x32x32");
    assertThat(Path.of(file("a.onnx"))).doesNotExist();
  }

  private static void assertMistake(CommandLine run, String line) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).startsWith("lockstep: " + line).hasLineCount(1);
  }
}
