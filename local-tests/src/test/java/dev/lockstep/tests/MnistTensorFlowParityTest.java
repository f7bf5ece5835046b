package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingLength.Steps;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** The MNIST tutorial over real images, step by step against TensorFlow. */
@Tag("each-line")
@Needs(PublishedData.MNIST)
@ExtendWith(SparkExtension.class)
class MnistTensorFlowParityTest {
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final int TEST_IMAGES = 10_000;

  @ParameterizedTest
  @CsvSource({"gd, SGD, 0.01", "adam, ADAM, 0.001"})
  void ten_thousand_steps_follow_tensorflow(
      String golden, Optimizer optimizer, double learningRate, JavaSparkContext spark)
      throws IOException {
    MultiLayerNetwork network =
        TutorialNetworks.softmax(INPUTS, CLASSES, optimizer.updater(learningRate), 1);
    network.setParams(Nd4j.createFromArray(goldenStart()).reshape(1, -1));
    Map<Long, Double> losses = new HashMap<>();
    Runs run = new Runs(1, 64, 1, EpochEnd.RUN_ON, Ordering.SHUFFLED, new Steps(10_000), 1);

    ModelState end =
        run.single(spark, RealMnist.files().train(), network, recordLosses(losses)).state();

    text(golden + "_loss.csv")
        .lines()
        .skip(1)
        .map(line -> line.split(","))
        .forEach(
            row -> {
              double expected = Double.parseDouble(row[1]);
              assertThat(losses.get(Long.parseLong(row[0])))
                  .as("loss before step " + row[0])
                  .isCloseTo(expected, within(1e-4 * expected));
            });
    assertThat(predictions(network, end, spark)).isEqualTo(bytes(golden + "_pred.u8"));
  }

  private static RunListener recordLosses(Map<Long, Double> losses) {
    return new RunListener() {
      @Override
      public void display(RoundReport report, ModelState state) {
        losses.put(report.steps(), report.loss());
      }
    };
  }

  private static byte[] predictions(
      MultiLayerNetwork network, ModelState state, JavaSparkContext spark) {
    LocalTrainer trainer =
        LocalTrainers.create(NetworkDefinition.of(network), LocalStep.AUTO, CLASSES, INPUTS);
    trainer.load(state);
    float[] features = new float[TEST_IMAGES * INPUTS];
    float[] labels = new float[TEST_IMAGES * CLASSES];
    try (Shards test = Shards.load(spark, RealMnist.files().test(), 1)) {
      var block = test.blocks().first();
      for (int i = 0; i < TEST_IMAGES; i++) {
        block.copy(i, i, features, labels);
      }
    }
    float[] output = trainer.output(new Minibatch(features, labels, TEST_IMAGES));
    byte[] predictions = new byte[TEST_IMAGES];
    for (int i = 0; i < TEST_IMAGES; i++) {
      for (int c = 1; c < CLASSES; c++) {
        if (output[i * CLASSES + c] > output[i * CLASSES + predictions[i]]) {
          predictions[i] = (byte) c;
        }
      }
    }
    return predictions;
  }

  /** TensorFlow's [784, 10] row-major, then b, in DL4J's order: W column-major, then b. */
  private static float[] goldenStart() throws IOException {
    ByteBuffer w = ByteBuffer.wrap(bytes("init_w.f32")).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer b = ByteBuffer.wrap(bytes("init_b.f32")).order(ByteOrder.LITTLE_ENDIAN);
    float[] start = new float[INPUTS * CLASSES + CLASSES];
    for (int i = 0; i < INPUTS; i++) {
      for (int c = 0; c < CLASSES; c++) {
        start[c * INPUTS + i] = w.getFloat();
      }
    }
    for (int c = 0; c < CLASSES; c++) {
      start[INPUTS * CLASSES + c] = b.getFloat();
    }
    return start;
  }

  private static String text(String file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in =
        MnistTensorFlowParityTest.class.getResourceAsStream("/golden/mnist/" + file)) {
      return in.readAllBytes();
    }
  }
}
