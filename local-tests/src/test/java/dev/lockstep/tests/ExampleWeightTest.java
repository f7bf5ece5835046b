package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.Example;
import dev.lockstep.data.Points;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.SingleWorker;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** A row of weight 2 is as good as two equal rows, wherever it is trained or looked at. */
@ExtendWith(SparkExtension.class)
class ExampleWeightTest {
  private static final int ROWS = 24;
  private static final Schema SCHEMA =
      new Schema(List.of(3), FeatureType.FLOAT32, List.of("no", "yes"), 0);

  @TempDir private Path folder;

  /** Rows with the weights 1 and 2, or those of weight 2 twice. */
  private static Points points(boolean repeated) {
    SplittableRandom random = new SplittableRandom(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      float[] features = {
        (float) random.nextDouble(-1, 1),
        (float) random.nextDouble(-1, 1),
        (float) random.nextDouble(-1, 1)
      };
      int label = features[0] + features[1] > 0 ? 1 : 0;
      int weight = 1 + i % 2;
      for (int copy = 0; copy < (repeated ? weight : 1); copy++) {
        float[] target = repeated ? new float[] {label} : new float[] {label, weight};
        examples.add(new Example(examples.size(), new Values.Floats(features), target));
      }
    }
    return new Points(repeated ? SCHEMA : SCHEMA.withWeights(), examples);
  }

  private static MultiLayerConfiguration network(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(updater)
        .list(
            new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.TANH).build(),
            new OutputLayer.Builder().nIn(4).nOut(2).activation(Activation.SOFTMAX).build())
        .build();
  }

  private static TrainedModel train(
      JavaSparkContext spark, Points data, Strategy strategy, int workers, IUpdater updater) {
    return Training.of(spark, network(updater))
        .data(data)
        .workers(workers)
        .minibatch(2 * ROWS)
        .epochs(1)
        .strategy(strategy)
        .run();
  }

  @Test
  void an_epoch_of_one_minibatch_gives_the_same_parameters_by_every_strategy(
      JavaSparkContext spark) {
    for (Strategy strategy :
        List.of(new SingleWorker(1), new GradientAveraging(), ParameterAveraging.every(1))) {
      int workers = strategy instanceof SingleWorker ? 1 : 2;
      IUpdater updater = strategy instanceof ParameterAveraging ? new Sgd(0.1) : new Adam(0.01);

      TrainedModel weighted = train(spark, points(false), strategy, workers, updater);
      TrainedModel repeated = train(spark, points(true), strategy, workers, updater);

      assertThat(weighted.state().parameters())
          .as("%s", strategy)
          .containsExactly(repeated.state().parameters(), Offset.offset(1e-5f));
      assertThat(weighted.result().loss()).isCloseTo(repeated.result().loss(), Offset.offset(1e-6));
      Classification one = (Classification) weighted.evaluate(spark, points(false));
      Classification other = (Classification) weighted.evaluate(spark, points(true));
      assertThat(one.score().loss()).isCloseTo(other.score().loss(), Offset.offset(1e-6));
      assertThat(one.confusion().accuracy()).isEqualTo(other.confusion().accuracy());
      assertThat(one.confusion().macroF1()).isEqualTo(other.confusion().macroF1());
    }
  }

  private Path csv(String name, boolean repeated) throws IOException {
    StringBuilder rows = new StringBuilder("a;b;c;times;label\n");
    for (Example example : points(repeated).examples()) {
      float[] values = ((Values.Floats) example.features()).values();
      rows.append(
          "%s;%s;%s;%s;%s%n"
              .formatted(
                  values[0],
                  values[1],
                  values[2],
                  repeated ? "1" : (int) example.target()[1],
                  example.target()[0] == 1 ? "yes" : "no"));
    }
    Path file = folder.resolve(name);
    Files.writeString(file, rows);
    return file;
  }

  private CommandLine train(Path csv, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "custom",
                "--network",
                "dense:4",
                "--data",
                csv.toString(),
                "--workers",
                "1",
                "--batch-size",
                "100",
                "--epochs",
                "1",
                "--no-plots",
                "--no-report",
                "--model-dir",
                folder.resolve(csv.getFileName() + "-model").toString()));
    arguments.addAll(List.of(more));
    return CommandLine.run(arguments.toArray(String[]::new));
  }

  @Test
  void a_column_of_weights_is_said_on_the_command_line() throws IOException {
    Path weighted = csv("weighted.csv", false);
    Path repeated = csv("repeated.csv", true);

    CommandLine byWeights = train(weighted, "--weight-column", "times");
    CommandLine byRows = train(repeated, "--ignore-columns", "times");

    assertThat(byWeights.exitCode()).as(byWeights.err()).isZero();
    assertThat(byRows.exitCode()).as(byRows.err()).isZero();
    assertThat(byWeights.out()).contains("rows count by their weights in column times");
    assertThat(parameters(weighted)).containsExactly(parameters(repeated), Offset.offset(1e-4f));
    assertThat(evaluate(weighted, weighted, "--weight-column", "times"))
        .containsPattern("accuracy (0|1)\\.\\d+ by weights \\(\\d+ of 24\\)");
  }

  private float[] parameters(Path csv) {
    return ModelFile.read(folder.resolve(csv.getFileName() + "-model").resolve("model.zip"))
        .state()
        .parameters();
  }

  private String evaluate(Path model, Path csv, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                folder.resolve(model.getFileName() + "-model").toString(),
                "--data",
                csv.toString()));
    arguments.addAll(List.of(more));
    CommandLine evaluated = CommandLine.run(arguments.toArray(String[]::new));
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    return evaluated.out();
  }

  @Test
  void other_weights_are_one_line() throws IOException {
    Path csv = folder.resolve("odd.csv");
    Files.writeString(csv, "a,b,w,label\n1,2,1,no\n3,4,-1,yes\n");

    assertThat(train(csv, "--weight-column", "w").err())
        .contains("odd.csv: line 3: column 3 (w): expected a weight of at least 0, found '-1'")
        .hasLineCount(1);
    assertThat(train(csv, "--weight-column", "label").err())
        .contains("the column 'label' cannot be label and weight")
        .hasLineCount(1);
  }

  @Test
  void so_is_weightCol_in_spark_ml() throws IOException {
    SparkSession spark = Frames.session(SparkExtension.context());
    LockstepClassifier classifier =
        new LockstepClassifier()
            .setFeaturesCols("a", "b", "c")
            .setHiddenLayers(4)
            .setWorkers(1)
            .setBatchSize(100)
            .setEpochs(3);

    float[] weighted =
        parameters(
            classifier.copy(org.apache.spark.ml.param.ParamMap.empty()).setWeightCol("times"),
            read(spark, csv("weighted.csv", false)));
    float[] repeated = parameters(classifier, read(spark, csv("repeated.csv", true)));

    assertThat(weighted).containsExactly(repeated, Offset.offset(1e-4f));
    Dataset<Row> wrong =
        read(spark, csv("weighted.csv", false)).selectExpr("a", "b", "c", "label", "-1 as times");
    assertThatThrownBy(
            () ->
                classifier
                    .copy(org.apache.spark.ml.param.ParamMap.empty())
                    .setWeightCol("times")
                    .fit(wrong))
        .hasMessageContaining("expected a weight of at least 0, found -1");
  }

  private static Dataset<Row> read(SparkSession spark, Path csv) {
    return spark
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .option("sep", ";")
        .csv(csv.toString());
  }

  private static float[] parameters(LockstepClassifier classifier, Dataset<Row> table)
      throws IOException {
    return classifier.fit(table).state().parameters();
  }
}
