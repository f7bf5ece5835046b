package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.text.TextSequences;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.strategy.ParameterAveraging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(SparkExtension.class)
class TextTrainingTest {
  private static final int STEPS = 5;
  private static final int SYMBOLS = 4;

  private static NetworkDefinition network() {
    return NetworkDefinition.of(
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.05))
            .list()
            .layer(new LSTM.Builder().nOut(8).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(SYMBOLS)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.recurrent(SYMBOLS, STEPS))
            .build());
  }

  private static TrainedModel trained(JavaSparkContext spark, DataSource text) {
    return Training.of(spark, network())
        .data(text)
        .strategy(ParameterAveraging.every(2))
        .workers(2)
        .minibatch(4)
        .epochs(40)
        .run();
  }

  @Test
  void the_next_character_is_learnt_at_each_step(JavaSparkContext spark, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("text.txt");
    Files.writeString(file, "abc ".repeat(60));
    DataSource text =
        DataSources.open(
            spark,
            DataLocation.of(file.toString()).withPictures(new TextSequences(STEPS, SYMBOLS)));
    TrainedModel model = trained(spark, text);

    Evaluation evaluation = model.evaluate(spark, text);

    assertThat(text.count()).isEqualTo((4 * 60 - 1) / STEPS);
    assertThat(evaluation.examples()).as("steps").isEqualTo(text.count() * STEPS);
    assertThat(evaluation.score().accuracy()).isEqualTo(1);
    assertThat(evaluation.score().loss()).as("of a step").isCloseTo(0, within(0.3));
    assertThat(trained(spark, text).state()).as("the same bits again").isEqualTo(model.state());
  }
}
