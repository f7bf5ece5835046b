package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features that a table's metadata names are those of the same names that a model has learnt. */
@ExtendWith(SparkExtension.class)
class SparkMlColumnsTest {
  private static Optional<LockstepModel> model = Optional.empty();

  private static Dataset<Row> rows(JavaSparkContext spark, String... columns) {
    Dataset<Row> table =
        SparkSession.builder()
            .sparkContext(spark.sc())
            .getOrCreate()
            .range(0, 60, 1, 2)
            .selectExpr(
                "id",
                "id % 7 - 3.0 as a",
                "id % 2 - 0.5 as b",
                "id % 5 - 2.0 as c",
                "id % 2 as label");
    return new VectorAssembler().setInputCols(columns).setOutputCol("features").transform(table);
  }

  private static LockstepModel model(JavaSparkContext spark) {
    if (model.isEmpty()) {
      model =
          Optional.of(
              new LockstepClassifier()
                  .setWorkers(2)
                  .setIdCol("id")
                  .setEpochs(5)
                  .fit(rows(spark, "a", "b", "c")));
    }
    return model.get();
  }

  private static List<Row> predicted(JavaSparkContext spark, String... columns) {
    return model(spark)
        .transform(rows(spark, columns))
        .orderBy("id")
        .select("probability", "prediction")
        .collectAsList();
  }

  @ParameterizedTest
  @CsvSource({"c b a", "b a c", "a b c label", "label c id b a", "b c a"})
  void other_orders_and_more_features_make_no_difference(String columns, JavaSparkContext spark) {
    assertThat(predicted(spark, columns.split(" "))).isEqualTo(predicted(spark, "a", "b", "c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b|without c, found a, b",
        "a b label|without c, found a, b, label",
        "id label|without a, b, c, found id, label",
        "b|without a, c, found b",
        "a id c|without b, found a, id, c"
      })
  void a_missing_one_is_a_line(String columns, String message, JavaSparkContext spark) {
    LockstepModel trained = model(spark);
    Dataset<Row> table = rows(spark, columns.split(" "));
    assertThatThrownBy(() -> trained.transform(table))
        .hasMessage(
            "featuresCol: column features: expected the features that the model knows, " + message);
  }

  @Test
  void rows_to_validate_on_have_the_same_order(JavaSparkContext spark) {
    LockstepClassifier classifier = new LockstepClassifier().setWorkers(2).setEpochs(1);
    classifier.setValidationDataset(rows(spark, "c", "b", "a"));
    Dataset<Row> table = rows(spark, "a", "b", "c");
    assertThatThrownBy(() -> classifier.fit(table))
        .hasMessageContaining(
            "rows to validate on: expected the features a, b, c in this order, as rows to train"
                + " have, found c, b, a");
  }
}
