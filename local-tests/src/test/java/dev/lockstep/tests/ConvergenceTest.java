package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.Shards;
import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.train.DistributedEvaluation;
import dev.lockstep.train.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Needs(PublishedData.MNIST)
@ExtendWith(SparkExtension.class)
class ConvergenceTest {

  @Test
  void three_workers_learn_a_tenth_of_mnist(JavaSparkContext spark) {
    DataSource train = RealMnist.files().train().range(5000, 10_500);
    MultiLayerNetwork network = TutorialNetworks.softmax(784, 10, Optimizer.SGD.updater(0.03), 1);
    Runs run = new Runs(3, 64, 5, EpochEnd.RUN_ON, Ordering.SHUFFLED, new Epochs(10), 1);

    RunResult result = run.averaged(spark, train, network);

    assertThat(result.examples()).isEqualTo(55_000);
    assertThat(result.epochs()).isEqualTo(10);
    try (Shards test = Shards.load(spark, RealMnist.files().test(), 2)) {
      var evaluation =
          DistributedEvaluation.evaluate(
              spark, test, NetworkDefinition.of(network), result.state());
      assertThat(evaluation.confusion().total()).isEqualTo(10_000);
      assertThat(evaluation.confusion().accuracy()).isGreaterThan(0.84);
      assertThat(evaluation.mistakes()).noneMatch(mistake -> mistake.isRight());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  @Tag("slow")
  void ten_epochs_of_four_workers_come_within_a_third_of_a_point_of_a_single_process(
      String optimizer, @TempDir Path folder) throws IOException {
    double averaged = testAccuracy(folder, optimizer, "--workers=4", "--averaging-period=10");
    double single = testAccuracy(folder, optimizer, "--strategy=single-process");

    assertThat(averaged).isCloseTo(single, Offset.offset(0.003));
  }

  private static double testAccuracy(Path folder, String optimizer, String... more)
      throws IOException {
    System.setProperty("spark.master", "local[2]");
    String options = "train mnist --no-plots --epochs 10 --model-dir %s --optimizer %s";
    CommandLine train =
        CommandLine.run(
            Stream.concat(
                    Stream.of(options.formatted(folder, optimizer).split(" ")), Stream.of(more))
                .toArray(String[]::new));
    assertThat(train.exitCode()).isZero();
    return new ObjectMapper()
        .readTree(folder.resolve("model.json").toFile())
        .at("/metrics/testAccuracy")
        .asDouble();
  }
}
