package dev.lockstep.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as spreadsheets and programs of many countries write them. */
@ExtendWith(SparkExtension.class)
class CsvAsItComesTest {
  @TempDir private Path folder;

  private DataLocation write(byte[] content) {
    return DataLocation.of(IdxFiles.write(folder.resolve("t.csv"), content).toString());
  }

  private DataLocation write(String content) {
    return write(content.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Example> read(DataLocation location, JavaSparkContext spark) {
    return DataSources.open(spark, location).load(spark, 1).collect();
  }

  private static String features(Example example) {
    return Arrays.toString(((Values.Floats) example.features()).values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a;b;label/1,5;-2,25;x/3;4;y|[1.5, -2.25]",
        "a\tb\tlabel/1,5\t-2,25\tx/3\t4\ty|[1.5, -2.25]",
        "1,5;-2,25;x/3,5;4,5;y|[1.5, -2.25]",
        "a;b;label/1.234,5;,25;x/3;4;y|[1234.5, 0.25]",
        "a;b;label/1.234;+2,5;x/3;4;y|[1234.0, 2.5]",
        "a;b;label/\"1,5\";\"2,5\";x/3;4;y|[1.5, 2.5]",
        "a,b,label/\"1.5\",2.5,x/3,4,y|[1.5, 2.5]",
        "a;b;label/1.5;2.25;x/3;4;y|[1.5, 2.25]",
        "a;b;label/1.234;2;x/3;4;y|[1.234, 2.0]"
      })
  void decimals_have_a_point_or_between_other_delimiters_a_comma(
      String text, String first, JavaSparkContext spark) {
    DataLocation table = write(text.replace('/', '\n').replace("\\t", "\t"));
    List<Example> rows = read(text.contains("label") ? table : table.withLabels("3"), spark);
    assertThat(rows).hasSize(2);
    assertThat(features(rows.get(0))).isEqualTo(first);
  }

  @Test
  void targets_of_a_regression_have_decimal_commas_too(JavaSparkContext spark) {
    List<Example> rows = read(write("a;y\n1;10,5\n2;1.020,5\n"), spark);
    assertThat(rows).extracting(row -> row.target()[0]).containsExactly(10.5f, 1020.5f);
  }

  @Test
  void a_decimal_point_among_commas_is_an_error(JavaSparkContext spark) {
    DataLocation table = write("a;y\n1,5;0,5\n1.5;0,25\n");
    assertThatThrownBy(() -> read(table, spark))
        .hasStackTraceContaining(
            "t.csv: line 3: column 1 (a): expected a number with a decimal comma, as others are,"
                + " found '1.5'");
  }

  static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of("UTF-16LE", "\ufeff", "\n"),
        Arguments.of("UTF-16BE", "\ufeff", "\n"),
        Arguments.of("UTF-16LE", "\ufeff", "\r\n"),
        Arguments.of("UTF-8", "\ufeff", "\r\n"),
        Arguments.of("UTF-8", "", "\r"),
        Arguments.of("UTF-8", "", "\n"));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void text_is_of_UTF_8_or_as_its_first_bytes_say(
      String charset, String mark, String end, JavaSparkContext spark) {
    String text = mark + String.join(end, "größe,label", "1,Äpfel", "2,žába", "");
    for (byte[] content :
        List.of(
            text.getBytes(Charset.forName(charset)),
            IdxFiles.gzip(text.getBytes(Charset.forName(charset))))) {
      DataSource source = DataSources.open(spark, write(content));
      assertThat(source.schema().columns()).containsExactly("größe");
      assertThat(source.schema().classNames()).containsExactly("Äpfel", "žába");
      assertThat(source.count()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a,label,b/1,\"x/y\",2/3,z,4|x y, z",
        "a,label,b/1,\"x \"\"y\"\"/, w\",2/3,z,4|x \"y\" , w, z",
        "a,label,b/1,\"x//y\",2/3,z,4|x  y, z",
        "a,label,\"b/of c\"/1,x,2/3,z,4|x, z",
        "a,label,b/1,x\",2/3,z,4|x\", z",
        "a,label,b/1,5\" pipe,2/3,z,4|5\" pipe, z",
        "a;label;b/1;\"x;/y\";2/3;z;4|x; y, z"
      })
  void quoted_values_may_have_line_breaks(String text, String classes, JavaSparkContext spark) {
    DataSource source = DataSources.open(spark, write(text.replace('/', '\n')));
    assertThat(String.join(", ", source.schema().classNames()).replace('\n', ' '))
        .isEqualTo(classes);
    assertThat(source.load(spark, 1).collect())
        .extracting(CsvAsItComesTest::features)
        .containsExactly("[1.0, 2.0]", "[3.0, 4.0]");
  }

  /** Over 16 MB, so that several tasks read; a break in a value lies anywhere but in the first. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10_000, 39_999})
  void a_large_file_with_a_line_break_in_a_value_is_read_as_a_whole(
      int broken, JavaSparkContext spark) throws IOException {
    String filler = "7".repeat(30);
    StringBuilder text = new StringBuilder("a,label,text\n");
    for (int i = 0; i < 40_000; i++) {
      String note = i == broken ? "\"one\ntwo, and more\"" : filler.repeat(15);
      text.append(i % 100).append(',').append(i % 2 == 0 ? "even" : "odd").append(',');
      text.append(note).append('\n');
    }
    DataLocation table = write(text.toString()).withIgnored(List.of("text"));
    assertThat(Files.size(Path.of(table.data()))).isGreaterThan(17 << 20);

    DataSource source = DataSources.open(spark, table);

    assertThat(source.count()).isEqualTo(40_000);
    assertThat(source.scan(spark).map(row -> row.id()).distinct().count()).isEqualTo(40_000);
    assertThat(source.scan(spark).filter(row -> row.id() % 2 != row.target()[0]).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 50})
  void parts_of_a_file_see_that_a_value_has_line_breaks(int length) {
    byte[] content = "a,label\n1,x\n2,\"y\nz\"\n3,w\n".getBytes(StandardCharsets.UTF_8);
    String path = write(content).data();
    CsvLayout layout =
        CsvLayout.of("a,label", DataLocation.of(path), CsvLayout.Labels.NEEDED, path);
    List<CsvSurvey> surveys =
        CsvBlock.split(path, content.length, length)
            .map(block -> CsvSurvey.of(block, layout, new Configuration(false)))
            .toList();
    assertThat(surveys).anyMatch(CsvSurvey::quotedBreaks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Id,a,Name,label/7,1,Braund,x/8,2,Heikkinen,y|Id,Name|[1.0]",
        "Id,a,Name,label/7,1,Braund,x/8,2,Heikkinen,y|Name,Id|[1.0]",
        "Id,a,Name,label/7,1,,x/8,2,,y|Name|[7.0, 1.0]",
        "Id,a,Name,label/7,1,\"Braund, Mr.\",x/8,2,z,y|1,3|[1.0]",
        "7,1,Braund,x/8,2,Heikkinen,y|1,3|[1.0]",
        "7,1,Braund,x/8,2,Heikkinen,y|3|[7.0, 1.0]"
      },
      quoteCharacter = '~')
  void columns_that_are_ignored_may_hold_anything(
      String text, String ignored, String first, JavaSparkContext spark) {
    DataLocation table = write(text.replace('/', '\n')).withIgnored(List.of(ignored.split(",")));
    List<Example> rows = read(text.contains("label") ? table : table.withLabels("4"), spark);
    assertThat(features(rows.get(0))).isEqualTo(first);
  }

  @Test
  void what_a_model_does_not_know_may_hold_anything(JavaSparkContext spark) {
    DataLocation table =
        write("Name,b,a,label\nBraund,2,1,x\nHeikkinen,4,3,y\n").withColumns(List.of("a", "b"));
    DataSource source = DataSources.open(spark, table);
    assertThat(features(source.load(spark, 1).first())).isEqualTo("[1.0, 2.0]");
    assertThat(source.notes())
        .containsExactly(
            table.data() + ": left out what the model does not know: Name",
            table.data() + ": columns put in the model's order");
  }

  @Test
  void a_column_to_be_ignored_that_is_not_there_is_an_error(JavaSparkContext spark) {
    DataLocation table = write("a,label\n1,x\n2,y\n").withIgnored(List.of("Id"));
    assertThatThrownBy(() -> DataSources.open(spark, table))
        .hasMessageContaining("expected a column 'Id', found a, label");
  }

  @ParameterizedTest
  @CsvSource({"10000000, 3", "99, 5", "1e7, 0", "-7, 2", "12, 4"})
  void a_class_far_from_others_is_told_with_its_row(String wrong, int row, JavaSparkContext spark) {
    String rows =
        Stream.of(0, 1, 2, 0, 1, 2, 2)
            .map(i -> "\n" + i + ",5")
            .collect(Collectors.joining("", "label,a", "\n"));
    String[] lines = rows.split("\n");
    lines[row + 1] = wrong + ",5";
    DataLocation table = write(String.join("\n", lines)).withTask(Task.CLASSIFICATION);
    DataSource source = DataSources.open(spark, table);
    if (wrong.contains("e")) {
      assertThat(source.schema().classNames()).contains(wrong);
    } else {
      assertThat(source.notes())
          .singleElement()
          .asString()
          .startsWith("there are 4 classes, whose numbers have gaps: none between ")
          .endsWith("%s: line %d)".formatted(table.data(), row + 2));
    }
  }
}
