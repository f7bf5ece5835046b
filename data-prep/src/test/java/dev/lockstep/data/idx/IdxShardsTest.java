package dev.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class IdxShardsTest {
  @TempDir private Path folder;

  /** Items count on through all shards, and labels are their last digits. */
  private void write(String data, String labels, int first, int items) {
    byte[] pixels = new byte[items * 2];
    byte[] classes = new byte[items];
    for (int i = 0; i < items; i++) {
      pixels[2 * i] = (byte) (first + i);
      classes[i] = (byte) ((first + i) % 10);
    }
    write(data, IdxFiles.bytes(pixels, items, 1, 2));
    write(labels, IdxFiles.bytes(classes, items));
  }

  private void write(String name, byte[] content) {
    IdxFiles.write(folder.resolve(name), name.endsWith(".gz") ? IdxFiles.gzip(content) : content);
  }

  private void writeThreeShards() {
    write("a-images-idx3-ubyte", "a-labels-idx1-ubyte", 0, 12);
    write("b-images-idx3-ubyte.gz", "b-labels-idx1-ubyte", 12, 5);
    write("c-images-idx3-ubyte", "c-labels-idx1-ubyte.gz", 17, 7);
  }

  private DataSource open(String data) {
    return DataSources.open(
        SparkExtension.context(), DataLocation.of(folder.resolve(data).toString()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 24, 30})
  void shards_of_a_folder_are_one_data_set_in_the_order_of_their_names(
      int partitions, JavaSparkContext spark) {
    writeThreeShards();

    List<Example> examples = open(".").load(spark, partitions).collect();

    assertThat(examples)
        .extracting(Example::id)
        .containsExactlyElementsOf(LongStream.range(0, 24).boxed().toList());
    for (Example example : examples) {
      assertThat(((Values.Bytes) example.features()).values()[0]).isEqualTo((byte) example.id());
      assertThat(example.target()).containsExactly(example.id() % 10);
    }
  }

  @Test
  void partitions_differ_by_at_most_one_whatever_the_shards(JavaSparkContext spark) {
    writeThreeShards();

    List<Integer> sizes = open(".").load(spark, 7).glom().map(List::size).collect();

    assertThat(sizes).hasSize(7).allMatch(size -> size == 3 || size == 4);
  }

  @Test
  void a_scan_gives_a_compressed_file_to_one_task(JavaSparkContext spark) {
    writeThreeShards();

    assertThat(open(".").scan(spark).glom().map(List::size).collect()).containsExactly(12, 5, 7);
  }

  @Test
  void labels_are_found_beside_a_file_or_the_matches_of_a_glob(JavaSparkContext spark) {
    writeThreeShards();

    assertThat(open("b-images-idx3-ubyte.gz").count()).isEqualTo(5);
    assertThat(open("[ac]-images-*").count()).isEqualTo(19);
  }

  @Test
  void classes_are_counted_from_labels_or_given_by_a_model(JavaSparkContext spark) {
    write("images", "labels", 0, 4);
    DataLocation location = DataLocation.of(folder.resolve("images").toString());

    assertThat(DataSources.open(spark, location).schema())
        .isEqualTo(Schema.classification(List.of(1, 2), 4));
    List<String> names = List.of("a", "b", "c", "d", "e");
    assertThat(DataSources.open(spark, location.withClassNames(names)).schema().classNames())
        .isEqualTo(names);
  }

  @Test
  void labels_elsewhere_are_matched_by_name(JavaSparkContext spark) throws IOException {
    Files.createDirectories(folder.resolve("x"));
    Files.createDirectories(folder.resolve("y"));
    write("x/1.idx", "y/1.idx", 0, 3);
    write("x/2.idx", "y/2.idx.gz", 3, 4);
    DataLocation location =
        DataLocation.of(folder.resolve("x").toString()).withLabels(folder.resolve("y").toString());

    assertThat(DataSources.open(spark, location).count()).isEqualTo(7);
  }

  @Test
  void data_without_labels_is_an_error() throws IOException {
    writeThreeShards();
    Path labels = folder.resolve("a-labels-idx1-ubyte");
    Files.delete(labels);

    assertThatThrownBy(() -> open("."))
        .isInstanceOf(DataError.class)
        .hasMessage(
            "%s: no labels of this name: say where they are by --labels",
            folder.resolve("a-images-idx3-ubyte"));
  }

  @Test
  void a_data_frame_has_an_example_a_row(JavaSparkContext spark) {
    writeThreeShards();
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();

    Dataset<Row> frame = open(".").toDataFrame(session);

    assertThat(frame.schema().simpleString())
        .isEqualTo("struct<id:bigint,features:binary,label:int>");
    Row last = frame.where("id = 23").first();
    assertThat(last.<byte[]>getAs("features")).containsExactly(23, 0);
    assertThat(last.getInt(2)).isEqualTo(3);
  }
}
