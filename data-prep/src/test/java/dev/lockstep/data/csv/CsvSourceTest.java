package dev.lockstep.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class CsvSourceTest {
  private static final String IRIS =
      """
      5.1,3.5,1.4,0.2,setosa
      4.9,3.0,1.4,0.2,setosa
      7.0,3.2,4.7,1.4,versicolor
      """;

  @TempDir private Path folder;

  private DataLocation write(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    IdxFiles.write(folder.resolve(name), name.endsWith(".gz") ? IdxFiles.gzip(bytes) : bytes);
    return DataLocation.of(folder.resolve(name).toString());
  }

  private static DataSource open(DataLocation location) {
    return DataSources.open(SparkExtension.context(), location);
  }

  private static List<Example> read(DataLocation location, int partitions) {
    return open(location).load(SparkExtension.context(), partitions).collect().stream()
        .sorted(Comparator.comparing(Example::id))
        .toList();
  }

  private static float[] features(Example example) {
    return ((Values.Floats) example.features()).values();
  }

  @Test
  void a_column_of_names_has_classes() {
    DataLocation iris = write("iris.csv", IRIS).withLabels("5");

    assertThat(open(iris).schema())
        .isEqualTo(
            Schema.classification(
                List.of(4), FeatureType.FLOAT32, List.of("setosa", "versicolor")));
    List<Example> examples = read(iris, 2);
    assertThat(examples).extracting(Example::id).containsExactly(0L, 1L, 2L);
    assertThat(features(examples.get(2))).containsExactly(7.0f, 3.2f, 4.7f, 1.4f);
    assertThat(examples.get(2).target()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'label,a,b\n1,2,3\n0,5,6'",
    "'\ufefflabel,a,b\r\n1,2,3\r\n\r\n0,5,6\r\n'",
    "'label;a;b\n1;2;3\n0;5;6\n'",
    "'label\ta\tb\n1\t2\t3\n0\t5\t6\n'",
    "'\"label\",\"a\",\"b\"\n\"1\",\"2\",\"3\"\n0 , 5 ,6'",
    "'label,0,1\n1.0,2,3\n0.0,5,6'",
  })
  void headers_delimiters_quotes_and_line_ends_of_many_kinds_are_read(String content) {
    List<Example> examples = read(write("x.csv", content), 1);

    assertThat(examples).hasSize(2);
    assertThat(features(examples.get(0))).containsExactly(2, 3);
    assertThat(features(examples.get(1))).containsExactly(5, 6);
    assertThat(examples).extracting(e -> e.target()[0]).containsExactly(1f, 0f);
  }

  @Test
  void a_first_row_with_the_number_of_the_label_column_in_it_is_a_row() {
    List<Example> examples = read(write("x.csv", "0,1,2\n1,5,6\n").withLabels("1"), 1);

    assertThat(examples).extracting(e -> e.target()[0]).containsExactly(0f, 1f);
    assertThat(features(examples.get(0))).containsExactly(1, 2);
  }

  @Test
  void a_column_of_other_numbers_has_regression_targets() {
    DataLocation line = write("line.csv", "x,y\n1,2.5\n2,4.5\n");

    assertThat(open(line).schema()).isEqualTo(Schema.regression(1, 1).withColumns(List.of("x")));
    assertThat(read(line, 3).get(1).target()).containsExactly(4.5f);
    SparkSession session =
        SparkSession.builder().sparkContext(SparkExtension.context().sc()).getOrCreate();
    Row row = open(line).toDataFrame(session).where("id = 1").first();
    assertThat(row.<Float>getList(1)).containsExactly(2f);
    assertThat(row.<Float>getList(2)).containsExactly(4.5f);
  }

  @Test
  void whole_numbers_from_0_or_1_on_without_gaps_are_classes() {
    DataLocation digits = write("digits.csv", "a,label\n5,10\n" + numbered(1, 10));

    assertThat(open(digits).schema().classNames())
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(open(digits.withTask(Task.REGRESSION)).schema())
        .isEqualTo(Schema.regression(1, 1).withColumns(List.of("a")));
    assertThat(open(write("gap.csv", "a,label\n" + numbered(2, 9))).schema())
        .isEqualTo(Schema.regression(1, 1).withColumns(List.of("a")));
    assertThat(
            open(write("gap.csv", "a,label\n" + numbered(2, 4)).withTask(Task.CLASSIFICATION))
                .schema()
                .classNames())
        .containsExactly("2", "3", "4");
  }

  private static String numbered(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "7," + i)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void several_columns_are_targets() {
    DataLocation line = write("line.csv", "a,x,b,y\n1,2,3,4\n").withLabels("y,x");

    assertThat(open(line).schema())
        .isEqualTo(Schema.regression(2, 2).withColumns(List.of("a", "b")));
    assertThat(read(line, 1).get(0).target()).containsExactly(4, 2);
    assertThat(features(read(line, 1).get(0))).containsExactly(1, 3);
  }

  @Test
  void a_model_tells_the_numbers_of_classes() {
    DataLocation iris =
        write("iris.csv", IRIS)
            .withLabels("5")
            .withClassNames(List.of("virginica", "versicolor", "setosa"));

    assertThat(read(iris, 1)).extracting(e -> e.target()[0]).containsExactly(2f, 2f, 1f);
  }

  @Test
  void files_of_a_folder_are_one_table_each_with_the_header(JavaSparkContext spark) {
    write("a.csv", "x,y\n1,1.5\n");
    write("b.csv.gz", "x,y\n2,2.5\n3,3.5\n");
    write("c.csv", "4,4.5\n");
    write("_SUCCESS", "");

    List<Example> examples = read(DataLocation.of(folder.toString()), 2);

    assertThat(examples).extracting(e -> features(e)[0]).containsExactly(1f, 2f, 3f, 4f);
    assertThat(examples).extracting(Example::id).containsExactly(0L, 1L, 2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void rows_sorted_by_class_are_dealt_in_turn(int partitions, JavaSparkContext spark) {
    DataLocation sorted =
        write(
            "sorted.csv",
            "a,label\n"
                + IntStream.range(0, 20)
                    .mapToObj(i -> i + "," + i / 10 + "\n")
                    .collect(Collectors.joining()));

    List<List<Example>> hands = open(sorted).load(spark, partitions).glom().collect();

    assertThat(hands).hasSize(partitions);
    for (int hand = 0; hand < partitions; hand++) {
      assertThat(hands.get(hand))
          .extracting(Example::id)
          .containsExactlyElementsOf(
              LongStream.iterate(hand, i -> i < 20, i -> i + partitions).boxed().toList());
    }
  }
}
