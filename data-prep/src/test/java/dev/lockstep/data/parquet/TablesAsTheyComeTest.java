package dev.lockstep.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of the types that Spark writes. */
@ExtendWith(SparkExtension.class)
class TablesAsTheyComeTest {
  @TempDir private Path folder;

  private Dataset<Row> rows(JavaSparkContext spark, String... columns) {
    return SparkSession.builder()
        .sparkContext(spark.sc())
        .getOrCreate()
        .range(0, 4, 1, 1)
        .selectExpr(columns);
  }

  private DataSource write(Dataset<Row> rows, JavaSparkContext spark) {
    String table = folder.resolve("table").toString();
    rows.write().parquet(table);
    return DataSources.open(spark, DataLocation.of(table));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cast(id / 4 as decimal(5,2)) as x|0.75",
        "cast(-id / 4 as decimal(15,3)) as x|-0.75",
        "cast(id / 4 as decimal(30,10)) as x|0.75",
        "cast(id as decimal(9,0)) as x|3.0",
        "id > 2 as x|1.0",
        "cast(id as tinyint) as x|3.0",
        "array(id, id + 1) as features|3.0, 4.0",
        "array(array(id, 1), array(2, 3)) as features|3.0, 1.0, 2.0, 3.0",
        "array(array(id, 1), array(2, 3)) as image|3.0, 1.0, 2.0, 3.0",
        "array(array(array(id), array(1D))) as features|3.0, 1.0",
        "named_struct('type', cast(1 as tinyint), 'size', cast(null as int), 'indices',"
            + " cast(null as array<int>), 'values', array(cast(id as double), 2D)) as"
            + " features|3.0, 2.0",
        "named_struct('type', cast(0 as tinyint), 'size', 4, 'indices', array(1, 3), 'values',"
            + " array(cast(id as double), 2D)) as features|0.0, 3.0, 0.0, 2.0"
      })
  void features_are_read(String column, String expected, JavaSparkContext spark) {
    DataSource source = write(rows(spark, column, "cast(id % 2 as int) as label"), spark);
    Values features = source.load(spark, 1).collect().get(3).features();
    assertThat(Arrays.toString(((Values.Floats) features).values()))
        .isEqualTo("[" + expected + "]");
    assertThat(source.schema().featureLength()).isEqualTo(features.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id % 2 = 1|false, true",
        "cast(id % 2 as double)|0, 1",
        "cast(2 * (id % 2) - 1 as int)|-1, 1",
        "cast(2 * (id % 2) - 1 as double)|-1, 1",
        "cast(id % 2 as decimal(3,0))|0, 1",
        "if(id % 2 = 0, 'no', 'yes')|no, yes",
        "cast(1 + id % 2 as bigint)|1, 2"
      })
  void labels_are_classes(String label, String names, JavaSparkContext spark) {
    DataSource source = write(rows(spark, "id as x", label + " as label"), spark);
    String[] pair = names.split(", ");
    assertThat(source.load(spark, 1).collect())
        .extracting(example -> source.schema().classNames().get((int) example.target()[0]))
        .containsExactly(pair[0], pair[1], pair[0], pair[1]);
  }

  @Test
  void a_table_in_folders_of_values_is_told_as_such(JavaSparkContext spark) {
    String table = folder.resolve("table").toString();
    rows(spark, "id as x", "id % 2 as label").write().partitionBy("label").parquet(table);
    assertThatThrownBy(() -> DataSources.open(spark, DataLocation.of(table)))
        .isInstanceOf(DataError.class)
        .hasMessage(
            table
                + ": expected files, found a table in folders by its values, as label=0: write it"
                + " again without partitionBy");
  }
}
