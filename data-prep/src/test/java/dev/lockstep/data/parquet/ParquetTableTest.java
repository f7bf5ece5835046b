package dev.lockstep.data.parquet;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.recipe.TableRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Spark has written. */
@Tag("each-line")
@ExtendWith(SparkExtension.class)
class ParquetTableTest {
  @TempDir private Path folder;
  private Path table;
  private Dataset<Row> rows;

  @BeforeEach
  void makeRows() {
    SparkSession spark =
        SparkSession.builder().sparkContext(SparkExtension.context().sc()).getOrCreate();
    rows =
        spark
            .range(0, 100, 1, 3)
            .select(
                col("id").cast("int").as("whole"),
                col("id").multiply(0.5).as("half"),
                col("id").mod(2).equalTo(1).as("odd"),
                col("id").cast("float").as("decimal"),
                when(col("id").lt(70), lit("small")).otherwise(lit("large")).as("label"));
    table = folder.resolve("table");
  }

  private static DataSource open(DataLocation location) {
    return DataSources.open(SparkExtension.context(), location);
  }

  private DataSource open() {
    return open(DataLocation.of(table.toString()));
  }

  private static List<Example> load(DataSource source, int partitions) {
    return source.load(SparkExtension.context(), partitions).collect().stream()
        .sorted(Comparator.comparingLong(Example::id))
        .toList();
  }

  @Test
  void columns_of_all_kinds_of_numbers_are_features_in_their_order() {
    rows.write().parquet(table.toString());

    DataSource source = open();

    assertThat(source.schema())
        .isEqualTo(
            Schema.classification(List.of(4), FeatureType.FLOAT32, List.of("large", "small"))
                .withColumns(List.of("whole", "half", "odd", "decimal")));
    assertThat(source.count()).isEqualTo(100);
    for (int partitions : new int[] {1, 3, 8}) {
      List<Example> examples = load(source, partitions);
      for (int id = 0; id < 100; id++) {
        Example example = examples.get(id);
        assertThat(example.id()).isEqualTo(id);
        assertThat(((Values.Floats) example.features()).values())
            .containsExactly(id, id * 0.5f, id % 2, id);
        assertThat(example.target()).containsExactly(id < 70 ? 1 : 0);
      }
    }
  }

  @Test
  void rows_are_dealt_so_that_each_partition_has_all_classes() {
    rows.write().parquet(table.toString());

    open().load(SparkExtension.context(), 4).glom().collect().stream()
        .map(part -> part.stream().map(example -> example.target()[0]).distinct().count())
        .forEach(classes -> assertThat(classes).isEqualTo(2));
  }

  @Test
  void a_number_is_predicted_where_labels_are_no_classes() {
    rows.drop("label").write().parquet(table.toString());

    DataSource one = open(DataLocation.of(table.toString()).withLabels("half"));
    DataSource two = open(DataLocation.of(table.toString()).withLabels("half, decimal"));

    assertThat(one.schema())
        .isEqualTo(Schema.regression(3, 1).withColumns(List.of("whole", "odd", "decimal")));
    assertThat(load(one, 2).get(9).target()).containsExactly(4.5f);
    assertThat(two.schema())
        .isEqualTo(Schema.regression(2, 2).withColumns(List.of("whole", "odd")));
    assertThat(load(two, 2).get(9).target()).containsExactly(4.5f, 9);
  }

  @Test
  void numbers_from_0_on_are_classes_unless_it_is_said_otherwise() {
    DataLocation location = DataLocation.of(table.toString()).withLabels("whole");
    rows.drop("label").write().parquet(table.toString());

    assertThat(open(location).schema().classes()).isEqualTo(100);
    assertThat(load(open(location), 2).get(42).target()).containsExactly(42);
    assertThat(open(location.withTask(Task.REGRESSION)).schema().targets()).isEqualTo(1);
  }

  @Test
  void a_column_of_lists_or_of_bytes_is_all_the_features() {
    rows.select(array(col("half"), col("decimal")).as("features"), col("label"), col("whole"))
        .write()
        .parquet(table.toString());
    assertThat(open().schema().featureShape()).containsExactly(2);
    assertThat(((Values.Floats) load(open(), 3).get(30).features()).values())
        .containsExactly(15, 30);

    table = folder.resolve("bytes");
    rows.select(lit(new byte[] {1, -1, 3}).as("features"), col("label"))
        .write()
        .parquet(table.toString());
    assertThat(open().schema().featureType()).isEqualTo(FeatureType.UINT8);
    assertThat(((Values.Bytes) load(open(), 3).get(30).features()).values())
        .containsExactly(1, -1, 3);
  }

  @Test
  void texts_and_gaps_become_features_that_have_names_and_other_files_are_read_alike() {
    rows.withColumn("half", when(col("whole").notEqual(17), col("half")))
        .withColumn("parity", when(col("whole").mod(2).equalTo(0), lit("even")).otherwise("odd"))
        .coalesce(1)
        .write()
        .parquet(table.toString());

    DataSource source = open();

    TableRecipe recipe = TableRecipe.of(source.preprocessing()).orElseThrow();
    assertThat(source.schema().columns())
        .containsSequence("half", "half missing")
        .endsWith("parity=even", "parity=odd");
    int gap = source.schema().columns().indexOf("half");
    float[] missing = ((Values.Floats) load(source, 1).get(17).features()).values();
    assertThat(missing[gap]).isEqualTo(recipe.columns().get(1).mean()).isNotZero();
    assertThat(missing).endsWith(0, 1).contains(1, Index.atIndex(gap + 1));
    DataSource again = open(DataLocation.of(table.toString()).withPictures(recipe));
    assertThat(again.schema()).isEqualTo(source.schema());
    assertThat(((Values.Floats) load(again, 2).get(17).features()).values()).isEqualTo(missing);
  }

  @Test
  void what_is_neither_number_nor_text_is_named_before_anything_is_read() {
    rows.withColumn("size", org.apache.spark.sql.functions.current_date())
        .coalesce(1)
        .write()
        .parquet(table.toString());

    assertError(
        this::open,
        "%s: column size: expected numbers or texts, found required int32 size (DATE): leave it out"
            + " by --ignore-columns size",
        onlyFile());
  }

  @Test
  void a_label_column_that_is_not_there_or_not_clear_is_asked_for() {
    rows.drop("label").coalesce(1).write().parquet(table.toString());

    assertError(
        this::open,
        "%s: expected one column called label, class, target or y, found none: say by --labels"
            + " which column it is",
        onlyFile());
    assertError(
        () -> open(DataLocation.of(table.toString()).withLabels("price")),
        "%s: expected a column 'price', found whole, half, odd, decimal",
        onlyFile());
  }

  @Test
  void a_class_that_a_model_does_not_know_is_an_error() {
    rows.coalesce(1).write().parquet(table.toString());

    DataSource source =
        open(DataLocation.of(table.toString()).withClassNames(List.of("small", "tiny")));

    assertThatThrownBy(() -> load(source, 1))
        .rootCause()
        .hasMessage(
            "%s: row 71: column label: expected a class (small, tiny), found 'large'", onlyFile());
  }

  @Test
  void files_of_different_columns_are_no_data_set() {
    rows.coalesce(1).write().parquet(table.toString());
    rows.drop("odd").coalesce(1).write().mode("append").parquet(table.toString());

    assertThatThrownBy(this::open)
        .isInstanceOf(DataError.class)
        .hasMessageContaining(": expected the columns of ")
        .hasMessageContaining("optional boolean odd");
  }

  @Test
  void a_file_that_is_named_like_parquet_and_is_none_is_one_line() throws IOException {
    Path file = Files.writeString(folder.resolve("a.parquet"), "hello, this is a text");

    assertThatThrownBy(() -> open(DataLocation.of(file.toString())))
        .cause()
        .isInstanceOf(DataError.class)
        .hasMessage(
            "%s: cannot be read as Parquet: file:%s is not a Parquet file. Expected magic number at"
                + " tail, but found [116, 101, 120, 116]",
            file, file);
  }

  @Test
  void a_damaged_file_gives_its_examples_or_an_error_and_never_others() throws IOException {
    rows.coalesce(1).write().parquet(table.toString());
    Path file = onlyFile();
    byte[] content = Files.readAllBytes(file);
    List<String> expected = texts(load(open(), 1));
    int footer = ByteBuffer.wrap(content).order(LITTLE_ENDIAN).getInt(content.length - 8);
    long seed = 5;
    Random random = new Random(seed);

    for (int i = 0; i < 40; i++) {
      byte[] damaged = content.clone();
      damaged[4 + random.nextInt(content.length - footer - 12)] ^= (byte) (1 << random.nextInt(8));
      Path other = Files.write(folder.resolve("damaged.parquet"), damaged);
      String change = "seed %d, change %d".formatted(seed, i);
      try {
        List<Example> read = load(open(DataLocation.of(other.toString())), 1);
        assertThat(texts(read)).as(change).isEqualTo(expected);
      } catch (Exception e) {
        assertThat(e).as(change).hasStackTraceContaining("DataError: " + other);
      }
    }
  }

  private static List<String> texts(List<Example> examples) {
    return examples.stream()
        .map(e -> Arrays.toString(((Values.Floats) e.features()).values()) + e.target()[0])
        .toList();
  }

  private Path onlyFile() {
    try (Stream<Path> files = Files.list(table)) {
      return files
          .filter(
              file ->
                  file.toString().endsWith(".parquet")
                      && !file.getFileName().toString().startsWith("."))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertError(ThrowingCallable call, String message, Object... arguments) {
    assertThatThrownBy(call).isInstanceOf(DataError.class).hasMessage(message, arguments);
  }
}
