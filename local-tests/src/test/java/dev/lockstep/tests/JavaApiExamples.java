package dev.lockstep.tests;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What JAVA_API.md and the README show; {@link JavaApiTest} runs it. */
final class JavaApiExamples {
  private JavaApiExamples() {}

  // Example: network
  static MultiLayerConfiguration network() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(0.001))
        .list()
        .layer(new DenseLayer.Builder().nIn(784).nOut(64).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(64)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  // End.

  // Example: path
  static TrainedModel fromPath(JavaSparkContext spark, String path, Path file) {
    TrainedModel model =
        Training.of(spark, network())
            .data(DataSources.open(spark, DataLocation.of(path)))
            .strategy(ParameterAveraging.every(10))
            .epochs(5)
            .run();
    model.save(file);
    return model;
  }

  // End.

  // Example: datasets
  static TrainedModel fromDataSets(JavaSparkContext spark, JavaRDD<DataSet> dataSets) {
    return Training.of(spark, network()).data(dataSets).workers(2).minibatch(32).epochs(5).run();
  }

  // End.

  // Example: table
  static TrainedModel fromTable(JavaSparkContext spark, Dataset<Row> table) {
    return Training.of(spark, network()).data(table, "features", "label").epochs(5).run();
  }

  // End.

  // Example: validation
  static TrainedModel untilNothingBetter(
      JavaSparkContext spark, DataSource training, DataSource validation) {
    return Training.of(spark, network())
        .data(training)
        .epochs(100)
        .validate(validation, EarlyStopping.patience(5))
        .listen(
            new RunListener() {
              @Override
              public void validated(RoundReport report, Evaluation evaluation) {
                System.out.println(report.steps() + ": " + evaluation.score().accuracy());
              }
            })
        .run();
  }

  // End.

  // Example: checkpoints
  static TrainedModel withCheckpoints(JavaSparkContext spark, DataSource data, String folder) {
    return Training.of(spark, network()).data(data).epochs(2).checkpoints(folder).run();
  }

  static TrainedModel trainedOn(JavaSparkContext spark, DataSource data, String folder) {
    return Training.of(spark, network()).data(data).epochs(4).checkpoints(folder).resume().run();
  }

  // End.

  // Example: prediction
  static int digit(TrainedModel model, float[] pixels) {
    float[] probabilities = model.predict(pixels);
    int best = 0;
    for (int digit = 1; digit < probabilities.length; digit++) {
      best = probabilities[digit] > probabilities[best] ? digit : best;
    }
    return best;
  }

  static List<float[]> all(TrainedModel model, JavaRDD<float[]> pixels) {
    return model.predict(pixels).collect();
  }

  static double accuracy(TrainedModel model, JavaSparkContext spark, DataSource test) {
    return model.evaluate(spark, test).score().accuracy();
  }

  // End.
}
