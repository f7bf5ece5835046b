package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import dev.lockstep.models.ModelState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables of texts, numbers and gaps, whose classes have names, through Spark ML. */
@ExtendWith(SparkExtension.class)
class SparkMlTablesTest {
  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void write() throws IOException {
    table = folder.resolve("passengers.csv");
    Passengers.write(table, 400, 3);
  }

  private Dataset<Row> passengers(JavaSparkContext spark) {
    return Frames.session(spark)
        .read()
        .option("header", true)
        .option("sep", ";")
        .option("inferSchema", true)
        .csv(table.toString());
  }

  private static LockstepClassifier classifier() {
    return new LockstepClassifier()
        .setFeaturesCols(Passengers.FEATURES)
        .setLabelCol("survived")
        .setIdCol("passenger")
        .setNormalise("standardise")
        .setHiddenLayers(8)
        .setWorkers(2)
        .setBatchSize(16)
        .setEpochs(15)
        .setLearningRate(0.02)
        .setPredictedLabelCol("guess");
  }

  @Test
  void texts_gaps_and_names_of_classes_are_learnt_from_and_predicted(JavaSparkContext spark)
      throws IOException {
    Dataset<Row> passengers = passengers(spark);
    LockstepModel model = classifier().fit(passengers);
    model.save(folder.resolve("model").toString());
    LockstepModel loaded = LockstepModel.load(folder.resolve("model").toString());

    Dataset<Row> predictions = loaded.transform(passengers);

    assertThat(model.classNames()).containsExactly("no", "yes");
    assertThat(predictions.where("guess = survived").count()).isBetween(320L, 390L);
    assertThat(predictions.where("guess = 'yes'").count())
        .isEqualTo(predictions.where("prediction = 1").count());
    assertThat(predictions.collectAsList()).isEqualTo(model.transform(passengers).collectAsList());
    assertThat(model.summary().settings()).containsKey("featuresCols");
  }

  @Test
  void the_recipe_does_not_depend_on_partitions_and_holds_for_columns_in_any_order(
      JavaSparkContext spark) {
    Dataset<Row> passengers = passengers(spark);
    ModelState state = classifier().setEpochs(1).fit(passengers).state();
    LockstepModel other = classifier().setEpochs(1).fit(passengers.repartition(5));

    assertThat(other.state()).isEqualTo(state);
    Dataset<Row> turned =
        passengers.select("deck", "port", "fare", "age", "sex", "class", "passenger");
    assertThat(predictions(other.transform(turned)))
        .isEqualTo(predictions(other.transform(passengers)));
  }

  private static List<Row> predictions(Dataset<Row> table) {
    return table.orderBy("passenger").select("probability", "guess").collectAsList();
  }

  @Test
  void a_table_read_as_strings_gives_the_same(JavaSparkContext spark) {
    Dataset<Row> strings =
        Frames.session(spark)
            .read()
            .option("header", true)
            .option("sep", ";")
            .csv(table.toString())
            .withColumn("passenger", functions.col("passenger").cast("int"));

    assertThat(classifier().setEpochs(1).fit(strings).state())
        .isEqualTo(classifier().setEpochs(1).fit(passengers(spark)).state());
  }

  @Test
  void a_gap_where_training_had_none_and_unknown_labels_are_told(JavaSparkContext spark) {
    Dataset<Row> passengers = passengers(spark);
    LockstepModel model = classifier().setEpochs(1).fit(passengers);
    Dataset<Row> damaged =
        passengers.withColumn("fare", functions.expr("if(passenger = 7, null, fare)"));

    assertThat(
            model
                .setHandleInvalid("keep")
                .transform(damaged)
                .where("reason is not null")
                .select("passenger", "reason")
                .collectAsList())
        .hasSize(1)
        .first()
        .hasToString(
            "[7,column fare: expected a number, found none, as in none of the training data]");
    assertThatThrownBy(
            () ->
                classifier()
                    .setValidationDataset(
                        passengers.withColumn("survived", functions.lit("perhaps")))
                    .fit(passengers))
        .hasStackTraceContaining("the label: expected a class (no, yes), found 'perhaps'");
  }

  @Test
  void thresholds_make_a_class_rarer(JavaSparkContext spark) {
    Dataset<Row> passengers = passengers(spark);
    LockstepModel model = classifier().setEpochs(5).fit(passengers);
    long before = model.transform(passengers).where("guess = 'yes'").count();

    long after = model.setThresholds(0.3, 0.7).transform(passengers).where("guess = 'yes'").count();

    assertThat(after)
        .isLessThan(before)
        .isEqualTo(
            model
                .transform(passengers)
                .where(
                    org.apache
                        .spark
                        .ml
                        .functions
                        .vector_to_array(functions.col("probability"), "float64")
                        .getItem(1)
                        .gt(0.7))
                .count());
    assertThatThrownBy(() -> model.setThresholds(1, 1, 1).transform(passengers))
        .hasMessage("thresholds: expected one for each of 2 classes, found 3");
  }
}
