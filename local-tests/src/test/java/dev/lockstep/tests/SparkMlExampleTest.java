package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.ml.LockstepClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Java example of SPARK_ML.md, run. */
@Needs(PublishedData.MNIST)
@ExtendWith(SparkExtension.class)
class SparkMlExampleTest {
  private static final Path PAGE = Path.of("../driver/SPARK_ML.md");
  private static final Path SOURCE =
      Path.of("src/test/java/dev/lockstep/tests/SparkMlExampleTest.java");

  // Example begins.
  static double tune(Dataset<Row> training, Dataset<Row> test, String path) throws IOException {
    LockstepClassifier classifier =
        new LockstepClassifier().setHiddenLayers(32).setEpochs(3).setIdCol("id");
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(new Pipeline().setStages(new PipelineStage[] {classifier}))
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(classifier.learningRate(), new double[] {1e-4, 1e-2})
                    .build())
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setNumFolds(2);
    CrossValidatorModel tuned = validator.fit(training);

    ((PipelineModel) tuned.bestModel()).write().overwrite().save(path);
    Dataset<Row> predictions = PipelineModel.load(path).transform(test);
    return validator.getEvaluator().evaluate(predictions);
  }

  // Example ends.

  @Test
  void it_tunes_saves_loads_and_predicts(@TempDir Path folder, JavaSparkContext spark)
      throws IOException {
    Dataset<Row> training = Frames.of(spark, RealMnist.files().train().range(5000, 6000));
    Dataset<Row> test = Frames.of(spark, RealMnist.files().test().range(0, 1000));

    assertThat(tune(training, test, folder.resolve("digits").toString())).isGreaterThan(0.8);
  }

  @Test
  void the_page_shows_what_is_run() throws IOException {
    String source = Files.readString(SOURCE);
    String example =
        source
            .substring(source.indexOf("static double tune"), source.indexOf("  // Example ends."))
            .strip()
            .indent(-2);

    assertThat(Files.readString(PAGE).lines().map(String::strip))
        .containsSequence(example.lines().map(String::strip).toList());
  }
}
