package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.DataSummary;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.data.image.PictureChoice;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.prepare.Preparation;
import dev.lockstep.data.prepare.PreparationOptions;
import dev.lockstep.data.prepare.PreparedDataset;
import dev.lockstep.data.prepare.PreparedFormat;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.models.network.FineTuning;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PictureModels;
import dev.lockstep.predict.PicturePrediction;
import dev.lockstep.predict.PicturePredictor;
import dev.lockstep.predict.PredictionSink;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.table.InvalidRows;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.table.RowSource;
import dev.lockstep.table.Rows;
import dev.lockstep.train.PreparedRun;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The same colour pictures, in each form that people have them in. */
@ExtendWith(SparkExtension.class)
class ColourDataTest {
  private static final int PICTURES = 10;
  private static final int WIDTH = 9;
  private static final int HEIGHT = 7;
  private static final PictureChoice IN_COLOUR = new PictureChoice(null, null, null, Channels.RGB);

  @TempDir private static Path folder;

  @BeforeAll
  static void draw() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
        image.setRGB(pixel % WIDTH, pixel / WIDTH, random.nextInt());
      }
      Path file = folder.resolve("pictures/label=%d/%02d.png".formatted(i % 2, i));
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }
  }

  private static DataSource pictures(JavaSparkContext spark) {
    return DataSources.open(
        spark, DataLocation.of(folder.resolve("pictures").toString()).withPictures(IN_COLOUR));
  }

  private static String hash(JavaSparkContext spark, DataSource source) {
    return DataSummary.of(source.schema(), source.scan(spark)).hash();
  }

  private static DataSource prepared(JavaSparkContext spark, PreparedFormat format) {
    String to = folder.resolve("prepared-" + format).toString();
    PreparationOptions options =
        new PreparationOptions(
            format, OptionalInt.of(2), PreparationOptions.Order.AS_STORED, 1, Optional.empty());
    new Preparation(
            List.of(new Preparation.Input("all", pictures(spark))), List.of(), options, Map.of())
        .run(spark, to);
    return PreparedDataset.find(to, spark.hadoopConfiguration()).orElseThrow().open(spark, "all");
  }

  @Test
  void folder_parquet_idx_png_and_sparks_image_source_have_one_hash(JavaSparkContext spark) {
    DataSource folders = pictures(spark);
    assertThat(folders.schema().featureShape()).isEqualTo(List.of(3, HEIGHT, WIDTH));
    String expected = hash(spark, folders);

    for (PreparedFormat format : PreparedFormat.values()) {
      DataSource prepared = prepared(spark, format);
      assertThat(prepared.schema().featureShape())
          .as("shape of %s", format)
          .isEqualTo(List.of(3, HEIGHT, WIDTH));
      assertThat(hash(spark, prepared)).as("hash of %s", format).isEqualTo(expected);
    }
    String table = folder.resolve("table.parquet").toString();
    Frames.session(spark)
        .read()
        .format("binaryFile")
        .option("pathGlobFilter", "*.png")
        .load(folder.resolve("pictures").toString())
        .select("content", "label", "length")
        .write()
        .parquet(table);
    DataSource encoded = DataSources.open(spark, DataLocation.of(table).withPictures(IN_COLOUR));
    assertThat(hash(spark, encoded)).as("hash of files in Parquet").isEqualTo(expected);
    assertThat(encoded.notes())
        .containsExactly("the pictures of column content are learnt from; left out: length");
    Rows rows =
        new Rows(
            Frames.session(spark)
                .read()
                .format("image")
                .load(folder.resolve("pictures").toString()),
            List.of("image"),
            "label",
            Optional.empty(),
            Optional.empty(),
            NetworkTask.CLASSIFICATION,
            InvalidRows.ERROR,
            Optional.of(
                new ImagePreprocessing(WIDTH, HEIGHT, ImageFit.NONE, Inversion.NO, Channels.RGB)),
            OptionalInt.of(2),
            List.of(),
            Optional.empty());
    try (RowSource images = rows.open()) {
      assertThat(hash(spark, images)).as("hash of Spark's image source").isEqualTo(expected);
    }
  }

  @Test
  void pictures_stored_pixel_by_pixel_are_the_same_as_planes(
      @TempDir Path idx, JavaSparkContext spark) throws IOException {
    List<Example> examples = pictures(spark).scan(spark).collect();
    ByteBuffer images =
        ByteBuffer.allocate(20 + PICTURES * 3 * HEIGHT * WIDTH)
            .putInt(0x0804)
            .putInt(PICTURES)
            .putInt(HEIGHT)
            .putInt(WIDTH)
            .putInt(3);
    ByteBuffer labels = ByteBuffer.allocate(8 + PICTURES).putInt(0x0801).putInt(PICTURES);
    for (Example example : examples) {
      byte[] planes = ((Values.Bytes) example.features()).values();
      for (int i = 0; i < planes.length; i++) {
        images.put(planes[i % 3 * HEIGHT * WIDTH + i / 3]);
      }
      labels.put((byte) example.target()[0]);
    }
    Files.write(idx.resolve("train-images-idx4-ubyte"), images.array());
    Files.write(idx.resolve("train-labels-idx1-ubyte"), labels.array());

    DataSource stored = DataSources.open(spark, DataLocation.of(idx.toString()));
    assertThat(stored.schema().featureShape()).isEqualTo(List.of(HEIGHT, WIDTH, 3));
    DataSource planes = DataSources.planar(stored);

    assertThat(planes.schema().featureShape()).isEqualTo(List.of(3, HEIGHT, WIDTH));
    assertThat(hash(spark, planes)).isEqualTo(hash(spark, pictures(spark)));
  }

  private static MultiLayerConfiguration network() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .list()
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(HEIGHT, WIDTH, 3))
        .build();
  }

  @Test
  void files_are_predicted_as_prepared_data_are(JavaSparkContext spark) throws IOException {
    DataSource prepared = prepared(spark, PreparedFormat.PARQUET);
    TrainedModel trained =
        Training.of(spark, network())
            .data(pictures(spark))
            .workers(1)
            .minibatch(4)
            .epochs(2)
            .seed(2)
            .run();
    Path zip = folder.resolve("model.zip");
    trained.save(zip);
    PictureModel model = PictureModels.of(ModelFile.read(zip), zip, null, null);

    assertThat(model.preprocessing().channels()).isEqualTo(Channels.RGB);
    List<float[]> ofFiles = predict(model);
    List<Example> examples = prepared.scan(spark).collect();
    assertThat(ofFiles).hasSameSizeAs(examples);
    List<float[]> features = new ArrayList<>();
    for (Example example : examples) {
      float[] values = new float[prepared.schema().featureLength()];
      example.features().copyTo(values);
      features.add(values);
    }
    List<float[]> ofData = trained.predict(spark.parallelize(features, 1)).collect();
    for (int i = 0; i < ofData.size(); i++) {
      int id = (int) examples.get(i).id();
      assertThat(ofData.get(i)).as("example %d", id).isEqualTo(ofFiles.get(id));
    }
  }

  /** Of all files by path, as examples are numbered. */
  private static List<float[]> predict(PictureModel model) throws IOException {
    List<float[]> predicted = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("pictures"))) {
      List<PictureFile> pictures =
          files
              .filter(file -> file.toString().endsWith(".png"))
              .sorted()
              .map(file -> new PictureFile(file.toUri().toString(), 0, PictureFile.UNLABELLED))
              .toList();
      new PicturePredictor(model, 1, new Configuration())
          .predict(
              pictures.iterator(),
              new PredictionSink() {
                @Override
                public void predicted(PicturePrediction prediction) {
                  predicted.add(prediction.probabilities());
                }

                @Override
                public void blank(PictureFile file) {
                  throw new AssertionError(file.path());
                }

                @Override
                public void quarantined(PictureFile file, String reason) {
                  throw new AssertionError(file.path() + ": " + reason);
                }
              });
    }
    return predicted;
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters", "gradients"})
  void frozen_layers_keep_their_bits_and_are_not_brought_to_agreements(
      String averaged, JavaSparkContext spark) {
    NetworkDefinition old = NetworkDefinition.of(network());
    ModelState before = Dl4jLocalTrainer.stateOf(old.newNetwork());
    FineTuning tuning = new FineTuning(Optional.of("0"), OptionalInt.of(2));
    NetworkDefinition tuned = tuning.apply(old);
    Parameter frozen = NetworkOutline.of(old).nodes().get(0).parameters().get(1);

    try (PreparedRun prepared =
        Training.of(spark, tuned, tuning.start(old, before, tuned))
            .data(pictures(spark))
            .workers(2)
            .minibatch(2)
            .epochs(3)
            .strategy(
                averaged.equals("parameters")
                    ? ParameterAveraging.every(1)
                    : new GradientAveraging())
            .prepare()) {
      int all = before.parameters().length;
      ModelState after = prepared.run().state();

      assertThat(prepared.job().trained().count(all)).as("sent").isEqualTo(all - (4 * 27 + 4));
      assertThat(frozen.length()).isEqualTo(4 * 3 * 3 * 3);
      for (int i = frozen.offset(); i < frozen.offset() + frozen.length(); i++) {
        assertThat(after.parameters()[i]).as("weight %d", i).isEqualTo(before.parameters()[i]);
      }
      assertThat(after.parameters()[all - 1])
          .as("of the last layer")
          .isNotEqualTo(before.parameters()[all - 1]);
    }
  }

  @Test
  void cifars_own_files_are_read_in_parts_with_their_names(
      @TempDir Path cifar, JavaSparkContext spark) throws IOException {
    Files.writeString(
        cifar.resolve("batches.meta.txt"),
        "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n");
    Files.write(cifar.resolve("data_batch_1.bin"), records(3, 0));
    Files.write(cifar.resolve("data_batch_2.bin"), records(2, 3));
    Files.write(cifar.resolve("test_batch.bin"), records(4, 5));
    DataLocation location = DataLocation.of(cifar.toString());

    DataParts parts = DataSources.parts(spark, location).orElseThrow();

    DataSource training = parts.train();
    assertThat(training.count()).isEqualTo(5);
    assertThat(parts.test().orElseThrow().count()).isEqualTo(4);
    Schema schema = training.schema();
    assertThat(schema.featureShape()).isEqualTo(List.of(3, 32, 32));
    assertThat(schema.classNames()).startsWith("airplane", "automobile").hasSize(10);
    List<Example> examples = training.load(spark, 2).collect();
    assertThat(examples).extracting(Example::id).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(examples)
        .extracting(example -> (int) example.target()[0])
        .containsExactly(0, 1, 2, 3, 4);
    float[] features = new float[schema.featureLength()];
    examples.get(4).features().copyTo(features);
    assertThat(features[7]).as("the eighth red pixel of the fifth").isEqualTo(4 + 7);
    assertThat(features[1024 + 7]).as("the eighth green one").isEqualTo(4 + 7 + 1);
  }

  private static byte[] records(int count, int first) {
    byte[] records = new byte[count * 3073];
    for (int i = 0; i < count; i++) {
      records[i * 3073] = (byte) (first + i);
      for (int pixel = 0; pixel < 3072; pixel++) {
        records[i * 3073 + 1 + pixel] = (byte) (first + i + pixel % 1024 + pixel / 1024);
      }
    }
    return records;
  }
}
