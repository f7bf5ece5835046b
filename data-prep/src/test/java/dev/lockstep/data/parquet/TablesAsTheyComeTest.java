package dev.lockstep.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.recipe.InputGroups;
import dev.lockstep.data.recipe.TableRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void each_input_of_a_network_takes_the_columns_that_it_is_told(JavaSparkContext spark) {
    String table = folder.resolve("table").toString();
    rows(spark, "id % 2 as label", "id as x", "if(id % 2 = 0, 'a', 'b') as kind", "-id as z")
        .write()
        .parquet(table);
    InputGroups groups = new InputGroups(List.of(List.of("z", "x"), List.of("kind")));

    DataSource source = DataSources.open(spark, DataLocation.of(table).withPictures(groups));

    assertThat(TableRecipe.of(source.preprocessing()).orElseThrow().inputWidths())
        .containsExactly(2, 2);
    Values features = source.load(spark, 1).collect().get(3).features();
    assertThat(((Values.Floats) features).values()).containsExactly(-3, 3, 0, 1);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id % 2|label|0, 1|0.0",
        "if(id % 2 = 0, 'no', 'yes')|label|no, yes|0.0",
        "if(id % 2 = 0, 'a:b', 'c d/é+')|label|a:b, c d/é+|0.0",
        "id % 2 = 1|label|false, true|0.0",
        "id % 2|label,fold|0, 1|0.0",
        "id % 2|fold,label|0, 1|0.0",
        "id % 2|fold|0, 1|0.0, 2.5"
      })
  void folders_named_by_values_are_columns(
      String label, String by, String names, String features, JavaSparkContext spark) {
    String table = folder.resolve("table").toString();
    String fold = by.equals("fold") ? "2.5 as fold" : "'f' as fold";
    rows(spark, "cast(id as double) as x", label + " as label", fold)
        .write()
        .partitionBy(by.split(","))
        .parquet(table);
    DataSource source = DataSources.open(spark, location(by, table));
    assertThat(source.schema().classNames()).containsExactly(names.split(", "));
    assertThat(source.count()).isEqualTo(4);
    List<Example> examples = source.load(spark, 2).collect();
    assertThat(examples).extracting(Example::id).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    Map<Integer, Long> counts =
        examples.stream()
            .collect(Collectors.groupingBy(e -> (int) e.target()[0], Collectors.counting()));
    assertThat(counts).isEqualTo(Map.of(0, 2L, 1, 2L));
    assertThat(examples)
        .extracting(e -> Arrays.toString(((Values.Floats) e.features()).values()))
        .contains("[" + features + "]");
  }

  /** With the column of folders that is no label left out, unless it is read. */
  private static DataLocation location(String by, String table) {
    DataLocation location = DataLocation.of(table);
    return by.equals("fold") ? location : location.withIgnored(List.of("fold"));
  }

  @Test
  void folders_named_by_different_columns_are_no_table(JavaSparkContext spark) {
    String table = folder.resolve("table").toString();
    rows(spark, "id as x", "id % 2 as label").write().parquet(table + "/label=0/fold=1");
    rows(spark, "id as x", "id % 2 as label").write().parquet(table + "/label=1/kind=1");
    assertThatThrownBy(() -> DataSources.open(spark, DataLocation.of(table)))
        .isInstanceOf(DataError.class)
        .hasMessageContaining("/label=0/fold=1/part-")
        .hasMessageContaining(", in folders of label/fold")
        .hasMessageContaining("expected the columns of ");
  }

  @Test
  void a_table_of_delta_lake_is_told_as_such(JavaSparkContext spark) throws IOException {
    String table = folder.resolve("table").toString();
    rows(spark, "id as x", "id % 2 as label").write().parquet(table);
    Files.createDirectory(Path.of(table, "_delta_log"));
    assertThatThrownBy(() -> DataSources.open(spark, DataLocation.of(table)))
        .isInstanceOf(DataError.class)
        .hasMessage(
            table
                + ": expected Parquet files, found a table of Delta Lake, which has files of its"
                + " past beside: write it as Parquet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id + 5 as n|column n looks like an index, whole numbers that rise from row to row: if it is"
            + " one, leave it out by --ignore-columns n",
        "cast(3 * id as int) as n|column n looks like an index, whole numbers that rise from row to"
            + " row: if it is one, leave it out by --ignore-columns n",
        "id as __index_level_0__|TABLE: left out the index __index_level_0__",
        "id + 0.5 as n|",
        "id % 7 as n|",
        "cast(id as double) as n|"
      })
  void columns_like_an_index_are_told(String column, String note, JavaSparkContext spark) {
    Dataset<Row> rows =
        SparkSession.builder()
            .sparkContext(spark.sc())
            .getOrCreate()
            .range(0, 24, 1, 3)
            .selectExpr("cast(id % 5 as double) as x", column, "id % 2 as label");
    DataSource source = write(rows, spark);
    String table = folder.resolve("table").toString();
    assertThat(source.notes())
        .isEqualTo(note == null ? List.of() : List.of(note.replace("TABLE", table)));
    assertThat(source.schema().featureLength()).isEqualTo(column.contains("__") ? 1 : 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Name", "At", "tags", "Name,At", "At,tags,Name"})
  void columns_that_are_ignored_may_hold_anything(String ignored, JavaSparkContext spark) {
    String table = folder.resolve("table").toString();
    Map<String, String> others =
        Map.of(
            "Name",
            "concat('n', id) as Name",
            "At",
            "timestamp_seconds(id) as At",
            "tags",
            "array('a') as tags");
    List<String> columns = new ArrayList<>(List.of("id % 3 as x", "id % 2 as label"));
    Arrays.stream(ignored.split(",")).map(others::get).forEach(columns::add);
    rows(spark, columns.toArray(String[]::new)).write().parquet(table);
    DataLocation location = DataLocation.of(table).withIgnored(List.of(ignored.split(",")));
    DataSource source = DataSources.open(spark, location);
    assertThat(source.schema().columns()).containsExactly("x");
    assertThat(source.load(spark, 1).count()).isEqualTo(4);
    DataLocation known = DataLocation.of(table).withColumns(List.of("x"));
    assertThat(DataSources.open(spark, known).notes())
        .singleElement()
        .asString()
        .contains("left out what the model does not know: ");
  }

  @ParameterizedTest
  @CsvSource({"10000000, 3", "99, 0", "-7, 2", "12, 1", "1000, 2"})
  void a_class_far_from_others_is_told_with_its_row(int wrong, int row, JavaSparkContext spark) {
    String table = folder.resolve("table").toString();
    rows(spark, "id as x", "if(id = %d, %d, id %% 3) as label".formatted(row, wrong))
        .write()
        .parquet(table);
    DataSource source =
        DataSources.open(spark, DataLocation.of(table).withTask(Task.CLASSIFICATION));
    assertThat(source.notes())
        .singleElement()
        .asString()
        .startsWith("there are ")
        .contains("whose numbers have gaps: none between ")
        .endsWith(".parquet: row %d)".formatted(row + 1));
  }
}
