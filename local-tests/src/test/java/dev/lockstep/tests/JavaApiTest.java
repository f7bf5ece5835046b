package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.SingleWorker;
import dev.lockstep.train.CannotResume;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.RunResult.Ending;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The examples of JAVA_API.md, run, and what users are told of wrong settings. */
@ExtendWith(SparkExtension.class)
class JavaApiTest {
  private static final Path EXAMPLES =
      Path.of("src/test/java/dev/lockstep/tests/JavaApiExamples.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("// Example: (\\w+)\n(.*?)\n\n? *// End\\.", Pattern.DOTALL);
  private static final int PIXELS = 784;

  @TempDir private Path folder;

  private static DataSource training() {
    return RealMnist.files().train().range(5000, 6000);
  }

  private static DataSource test() {
    return RealMnist.files().test().range(0, 500);
  }

  @Test
  void a_path_a_table_and_datasets_of_the_same_examples_train_alike(JavaSparkContext spark)
      throws IOException {
    Path file = folder.resolve("model.zip");
    TrainedModel fromPath = JavaApiExamples.fromPath(spark, written(spark), file);
    TrainedModel fromTable = JavaApiExamples.fromTable(spark, scaled(spark));
    TrainedModel fromDataSets = JavaApiExamples.fromDataSets(spark, dataSets(spark));

    for (TrainedModel model : List.of(fromPath, fromTable, fromDataSets)) {
      assertThat(model.result().examples()).isEqualTo(5000);
      assertThat(accuracy(model, spark)).isGreaterThan(0.75);
    }
    assertThat(ModelFile.read(file).state()).isEqualTo(fromPath.state());
    assertThat(ModelSerializer.restoreMultiLayerNetwork(file.toFile()).params())
        .isEqualTo(((MultiLayerNetwork) fromPath.toDl4j()).params());
  }

  /** Of models that were given pixels from 0 to 1, or from 0 to 255. */
  private static double accuracy(TrainedModel model, JavaSparkContext spark) {
    boolean scales = model.inputs().normalisation().factors().get(0) != 1;
    List<Example> examples = test().load(spark, 1).collect();
    JavaRDD<float[]> pixels =
        spark.parallelize(
            examples.stream().map(example -> pixels(example, scales ? 1 : 255)).toList(), 2);
    List<float[]> outputs = JavaApiExamples.all(model, pixels);
    int right = 0;
    for (int i = 0; i < outputs.size(); i++) {
      assertThat(model.predict(pixels(examples.get(i), scales ? 1 : 255)))
          .containsExactly(outputs.get(i), Offset.offset(1e-5f));
      int digit = JavaApiExamples.digit(model, pixels(examples.get(i), scales ? 1 : 255));
      right += digit == (int) examples.get(i).target()[0] ? 1 : 0;
    }
    return (double) right / outputs.size();
  }

  private static float[] pixels(Example example, float range) {
    float[] pixels = new float[PIXELS];
    ((Values.Bytes) example.features()).copyTo(pixels);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= range;
    }
    return pixels;
  }

  /** As a folder that the library opens: IDX files. */
  private String written(JavaSparkContext spark) throws IOException {
    List<Example> examples = training().load(spark, 1).collect();
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    byte[] labels = new byte[examples.size()];
    for (int i = 0; i < labels.length; i++) {
      pixels.write(((Values.Bytes) examples.get(i).features()).values());
      labels[i] = (byte) examples.get(i).target()[0];
    }
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(
        data.resolve("a-images-idx3-ubyte"),
        IdxFiles.bytes(pixels.toByteArray(), labels.length, 28, 28));
    Files.write(data.resolve("a-labels-idx1-ubyte"), IdxFiles.bytes(labels, labels.length));
    return data.toString();
  }

  private static Dataset<Row> scaled(JavaSparkContext spark) {
    return Frames.of(spark, training());
  }

  private static JavaRDD<DataSet> dataSets(JavaSparkContext spark) {
    return training()
        .load(spark, 3)
        .map(
            example -> {
              float[] label = new float[10];
              label[(int) example.target()[0]] = 1;
              return new DataSet(
                  Nd4j.create(new float[][] {pixels(example, 255)}),
                  Nd4j.create(new float[][] {label}));
            });
  }

  @Test
  void early_stopping_keeps_the_best_model_without_any_file(JavaSparkContext spark) {
    TrainedModel model = JavaApiExamples.untilNothingBetter(spark, training(), test());

    assertThat(model.result().ending()).isEqualTo(Ending.EARLY);
    assertThat(JavaApiExamples.accuracy(model, spark, test())).isGreaterThan(0.8);
  }

  @Test
  void a_resumed_run_of_more_epochs_ends_as_one_that_was_long_from_the_start(
      JavaSparkContext spark) {
    String checkpoints = folder.resolve("checkpoints").toString();
    JavaApiExamples.withCheckpoints(spark, training(), checkpoints);

    TrainedModel longer = JavaApiExamples.trainedOn(spark, training(), checkpoints);

    TrainedModel undisturbed =
        Training.of(spark, JavaApiExamples.network()).data(training()).epochs(4).run();
    assertThat(longer.result().epochs()).isEqualTo(4);
    assertThat(longer.state()).isEqualTo(undisturbed.state());
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("workers must be at least 1, not 0", run -> run.workers(0)),
        mistake("minibatch must be at least 1, not -2", run -> run.minibatch(-2)),
        mistake("epochs must be at least 1, not 0", run -> run.epochs(0)),
        mistake("steps must be at least 1, not 0", run -> run.steps(0)),
        mistake("keep must be at least 1, not 0", run -> run.keep(0)),
        mistake(
            "averaging period must be at least 1, not 0",
            run -> run.strategy(ParameterAveraging.every(0))),
        mistake(
            "outer momentum must be from 0 to below 1, not 1.0",
            run -> run.strategy(ParameterAveraging.every(5).withOuterMomentum(1))),
        mistake(
            "gradient epochs must be at least 1, not 0",
            run -> run.strategy(ParameterAveraging.every(5).afterGradients(0))),
        mistake(
            "a single process has one worker, not 3",
            run -> run.strategy(new SingleWorker(10)).workers(3).data(training()).run()),
        mistake("patience must be at least 1, not 0", run -> EarlyStopping.patience(0)),
        mistake("there is nothing to train on: set data", Training::run),
        mistake(
            "early stopping looks at validation data: set validate",
            run -> run.data(training()).stopEarly(EarlyStopping.patience(1)).run()),
        mistake(
            "to resume a run needs its checkpoints: set checkpoints",
            run -> run.data(training()).resume().run()));
  }

  private static Arguments mistake(String message, Consumer<Training> made) {
    return Arguments.of(message, made);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void wrong_settings_are_told_in_one_line(
      String message, Consumer<Training> made, JavaSparkContext spark) {
    Training training = Training.of(spark, JavaApiExamples.network());

    assertThatThrownBy(() -> made.accept(training))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void what_does_not_fit_is_told_in_one_line(JavaSparkContext spark) {
    Training training = Training.of(spark, JavaApiExamples.network()).epochs(1);

    assertThatThrownBy(() -> training.data(RealMnist.files().train().range(0, 0)).run())
        .isInstanceOf(DataError.class);
    assertThatThrownBy(
            () ->
                training
                    .data(
                        spark.parallelize(
                            List.of(new DataSet(Nd4j.zeros(2, 3), Nd4j.zeros(2, 10)))))
                    .run())
        .isInstanceOf(ModelError.class)
        .hasMessageContaining("expected 784 inputs, found 3");
    assertThatThrownBy(
            () ->
                training
                    .data(training())
                    .checkpoints(folder.resolve("none").toString())
                    .resume()
                    .run())
        .isInstanceOf(CannotResume.class)
        .hasMessageStartingWith("no checkpoint in ");
  }

  @Test
  void another_strategy_is_another_run(JavaSparkContext spark) {
    Path checkpoints = folder.resolve("checkpoints");
    training(spark).checkpoints(checkpoints).run();

    assertThatThrownBy(
            () ->
                training(spark)
                    .strategy(new GradientAveraging())
                    .checkpoints(checkpoints)
                    .resume()
                    .run())
        .isInstanceOf(CannotResume.class)
        .hasMessageContaining("made with strategy ParameterAveraging[period=10");
  }

  private static Training training(JavaSparkContext spark) {
    return Training.of(spark, JavaApiExamples.network()).data(training()).epochs(1);
  }

  @Test
  void the_pages_show_what_is_run() throws IOException {
    Matcher examples = EXAMPLE.matcher(Files.readString(EXAMPLES));
    List<String> page = lines(Path.of("../driver/docs/JAVA_API.md"));
    List<String> names = new ArrayList<>();
    while (examples.find()) {
      names.add(examples.group(1));
      assertThat(page).containsSequence(code(examples.group(2)));
      if (examples.group(1).equals("path")) {
        assertThat(lines(Path.of("../README.md"))).containsSequence(code(examples.group(2)));
      }
    }
    assertThat(names)
        .containsExactly(
            "network", "path", "datasets", "table", "validation", "checkpoints", "prediction");
  }

  private static List<String> lines(Path page) throws IOException {
    return Files.readAllLines(page).stream().map(String::strip).toList();
  }

  private static List<String> code(String example) {
    return Arrays.stream(example.split("\n")).map(String::strip).toList();
  }
}
