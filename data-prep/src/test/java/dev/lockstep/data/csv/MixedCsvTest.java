package dev.lockstep.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.recipe.TableRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Columns of texts and gaps in CSV files. */
@ExtendWith(SparkExtension.class)
class MixedCsvTest {
  private static final String PEOPLE =
      """
      name;age;town;income;label
      "Ann; B";30;Bonn;10,5;yes
      Bob;;Ulm;20;no
      Cid;50;;30,25;yes
      Dan;40;Bonn;40;NA
      """;

  @TempDir private Path folder;

  private DataLocation write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    return DataLocation.of(file.toString());
  }

  private static List<float[]> features(DataSource source, JavaSparkContext spark) {
    return source.load(spark, 2).collect().stream()
        .sorted((one, other) -> Long.compare(one.id(), other.id()))
        .map(Example::features)
        .map(values -> ((Values.Floats) values).values())
        .toList();
  }

  @Test
  void texts_and_gaps_become_features_that_have_names(JavaSparkContext spark) throws IOException {
    DataSource people =
        DataSources.open(spark, write("people.csv", PEOPLE).withIgnored(List.of("name")));

    assertThat(people.schema().columns())
        .containsExactly("age", "age missing", "town missing", "town=Bonn", "town=Ulm", "income");
    assertThat(people.schema().classNames()).containsExactly("NA", "no", "yes");
    assertThat(features(people, spark))
        .containsExactly(
            new float[] {30, 0, 0, 1, 0, 10.5f},
            new float[] {40, 1, 0, 0, 1, 20},
            new float[] {50, 0, 1, 0, 0, 30.25f},
            new float[] {40, 0, 0, 1, 0, 40});
  }

  @Test
  void other_files_are_read_by_the_recipe_that_a_model_knows(JavaSparkContext spark)
      throws IOException {
    DataSource people =
        DataSources.open(spark, write("people.csv", PEOPLE).withIgnored(List.of("name")));
    TableRecipe recipe = TableRecipe.of(people.preprocessing()).orElseThrow();
    DataLocation others =
        write("others.csv", "label,town,income,age\nno,Rome,7,\nyes,,8,9\n")
            .withPictures(recipe)
            .withColumns(people.schema().columns());

    DataSource read = DataSources.open(spark, others);

    assertThat(read.schema().columns()).isEqualTo(people.schema().columns());
    assertThat(features(read, spark))
        .containsExactly(new float[] {40, 1, 0, 0, 0, 7}, new float[] {9, 0, 1, 0, 0, 8});
    assertThatThrownBy(
            () ->
                DataSources.open(
                    spark, write("less.csv", "label,town,age\nno,Rome,7\n").withPictures(recipe)))
        .isInstanceOf(DataError.class)
        .hasMessageEndingWith(
            "less.csv: line 1: expected a column 'income', found label, town, age");
    assertThatThrownBy(
            () ->
                features(
                    DataSources.open(
                        spark,
                        write("gap.csv", "label,town,income,age\nno,Rome,,7\nyes,Ulm,x,7\n")
                            .withPictures(recipe)),
                    spark))
        .hasStackTraceContaining(
            "gap.csv: line 2: column income: expected a number, found none, as in none of the"
                + " training data");
  }

  @Test
  void columns_without_names_are_known_by_their_numbers(JavaSparkContext spark) throws IOException {
    DataSource table =
        DataSources.open(spark, write("plain.csv", "1,red,3\n0,blue,\n").withLabels("1"));

    assertThat(table.schema().columns()).containsExactly("2=blue", "2=red", "3", "3 missing");
    assertThat(features(table, spark))
        .containsExactly(new float[] {0, 1, 3, 0}, new float[] {1, 0, 3, 1});
  }

  @Test
  void numbers_alone_need_no_recipe(JavaSparkContext spark) throws IOException {
    DataSource table = DataSources.open(spark, write("numbers.csv", "a,b,y\n1,2,0\n3,4,1\n"));

    assertThat(table.preprocessing()).isEmpty();
    assertThat(table.schema().columns()).containsExactly("a", "b");
  }
}
