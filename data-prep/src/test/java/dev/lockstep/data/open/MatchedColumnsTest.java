package dev.lockstep.data.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data for a model that knows its columns as a, b and c. */
@ExtendWith(SparkExtension.class)
class MatchedColumnsTest {
  private static final List<String> KNOWN = List.of("a", "b", "c");

  @TempDir private Path folder;

  private DataSource open(JavaSparkContext spark, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("data.csv"), text.replace('/', '\n'));
    return DataSources.open(
        spark, DataLocation.of(file.toString()).withLabels("1").withColumns(KNOWN));
  }

  private static float[] first(JavaSparkContext spark, DataSource source) {
    return ((Values.Floats) source.load(spark, 1).first().features()).values();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y,a,b,c/u,1,2,3/v,4,5,6|",
        "y,c,b,a/u,3,2,1/v,6,5,4|columns put in the model's order",
        "y,b,c,a/u,2,3,1/v,5,6,4|columns put in the model's order",
        "y,a,x,b,c/u,1,9,2,3/v,4,9,5,6|left out what the model does not know: x",
        "y,id,c,a,b/u,9,3,1,2/v,9,6,4,5|left out what the model does not know: id",
        "0,1,2,3/1,4,5,6|does not name its columns: they are taken to be a, b, c"
      })
  void columns_come_in_the_order_of_the_model(String text, String note, JavaSparkContext spark)
      throws IOException {
    DataSource source = open(spark, text);
    assertThat(first(spark, source)).containsExactly(1, 2, 3);
    assertThat(source.schema().columns()).isEqualTo(KNOWN);
    assertThat(source.schema().featureLength()).isEqualTo(3);
    if (note == null) {
      assertThat(source.notes()).isEmpty();
    } else {
      assertThat(source.notes().get(0)).endsWith(note);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y,a,b/u,1,2/v,4,5|without c: name",
        "y,a,b,C/u,1,2,3/v,4,5,6|without c, found C: name",
        "y,d,e,f/u,1,2,3/v,4,5,6|without a, b, c, found d, e, f: name",
        "y,a,b,c2,d/u,1,2,3,4/v,4,5,6,7|without c, found c2, d: name",
        "y,b,c/u,1,2/v,4,5|without a: name"
      })
  void a_missing_column_is_an_error_that_names_it(
      String text, String line, JavaSparkContext spark) {
    assertThatThrownBy(() -> open(spark, text))
        .isInstanceOf(DataError.class)
        .hasMessageContaining("expected the columns that the model knows, ")
        .hasMessageContaining(line);
  }

  @Test
  void columns_of_parquet_files_are_matched_likewise(JavaSparkContext spark) throws IOException {
    Path csv = Files.writeString(folder.resolve("t.csv"), "c,a,label,b\n3,1,0,2\n6,4,1,5\n");
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    String parquet = folder.resolve("t.parquet").toString();
    session
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(csv.toString())
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(parquet);
    DataSource source = DataSources.open(spark, DataLocation.of(parquet).withColumns(KNOWN));
    assertThat(first(spark, source)).containsExactly(1, 2, 3);
  }
}
