package dev.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Axes;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets like MNIST, as they are distributed: three pictures each, of classes 2, 0 and 1. */
@ExtendWith(SparkExtension.class)
class RelativesTest {
  private static final byte[] PICTURES = IdxFiles.bytes(new byte[12], 3, 2, 2);

  @TempDir private Path folder;

  private DataSource open(JavaSparkContext spark, DataLocation location) {
    return DataSources.open(spark, location);
  }

  private DataLocation location() {
    return DataLocation.of(folder.toString());
  }

  private static List<Integer> classes(JavaSparkContext spark, DataSource source) {
    return source.load(spark, 2).map(Example::target).collect().stream()
        .map(target -> (int) target[0])
        .toList();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), name.endsWith(".gz") ? IdxFiles.gzip(content) : content);
  }

  /** An IDX file of another element type. */
  private static byte[] idx(int type, int bytes, double[] values, int... sizes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + values.length * bytes);
    file.putInt(type << 8 | sizes.length);
    for (int size : sizes) {
      file.putInt(size);
    }
    for (double value : values) {
      switch (type) {
        case 0x0b -> file.putShort((short) value);
        case 0x0c -> file.putInt((int) value);
        case 0x0d -> file.putFloat((float) value);
        case 0x0e -> file.putDouble(value);
        default -> file.put((byte) value);
      }
    }
    return file.array();
  }

  @ParameterizedTest
  @CsvSource({
    "x-images-idx3-ubyte, x-labels-idx1-ubyte, 0x08, 1",
    "x-images-idx3-ubyte, x-labels-idx1-short, 0x0b, 2",
    "x-images-idx3-ubyte, x-labels-idx1-int, 0x0c, 4",
    "x-images-idx3-ubyte.gz, x-labels-idx1-int.gz, 0x0c, 4",
    "x-images.idx3-ubyte, x-labels.idx1-ubyte, 0x08, 1",
    "x-data-idx3-byte, x-targets-idx1-int, 0x0c, 4"
  })
  void labels_of_integer_types_are_classes(
      String images, String labels, String type, int bytes, JavaSparkContext spark)
      throws IOException {
    write(images, PICTURES);
    write(labels, idx(Integer.decode(type), bytes, new double[] {2, 0, 1}, 3));
    DataSource source = open(spark, location());
    assertThat(source.schema()).isEqualTo(Schema.classification(List.of(2, 2), 3));
    assertThat(classes(spark, source)).containsExactly(2, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0x08, 1, ubyte",
    "0x09, 1, byte",
    "0x0c, 4, int",
    "0x0b, 2, short",
    "0x08, 1, ubyte.gz"
  })
  void rows_of_one_1_are_classes(String type, int bytes, String end, JavaSparkContext spark)
      throws IOException {
    write("x-images-idx3-ubyte", PICTURES);
    write(
        "x-labels-idx2-" + end,
        idx(Integer.decode(type), bytes, new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, 3, 3));
    DataSource source = open(spark, location());
    assertThat(source.schema().classNames()).containsExactly("0", "1", "2");
    assertThat(classes(spark, source)).containsExactly(2, 0, 1);
  }

  @Test
  void of_qmnist_s_rows_the_first_number_is_the_class(JavaSparkContext spark) throws IOException {
    write("qmnist-train-images-idx3-ubyte.gz", PICTURES);
    double[] rows = new double[24];
    rows[0] = 2;
    rows[1] = 4;
    rows[2] = 100;
    rows[16] = 1;
    rows[23] = 7;
    write("qmnist-train-labels-idx2-int.gz", idx(0x0c, 4, rows, 3, 8));
    assertThat(classes(spark, open(spark, location()))).containsExactly(2, 0, 1);
  }

  @Test
  void letters_are_counted_from_1_and_the_exchanged_axes_are_told(JavaSparkContext spark)
      throws IOException {
    write("emnist-letters-mapping.txt", "1 65 97\n2 66 98\n".getBytes());
    write("emnist-letters-test-images-idx3-ubyte.gz", PICTURES);
    write("emnist-letters-test-labels-idx1-ubyte.gz", IdxFiles.bytes(new byte[] {3, 1, 2}, 3));
    DataSource source = open(spark, location());
    assertThat(source.schema().classNames()).containsExactly("1", "2", "3");
    assertThat(classes(spark, source)).containsExactly(2, 0, 1);
    assertThat(source.notes())
        .containsExactly(
            "emnist-letters-mapping.txt lies beside: pictures of EMNIST are stored with rows and"
                + " columns exchanged, --transposed turns them upright",
            "labels begin at 1: the 3 classes are called 1 to 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emnist-letters-%s-",
        "emnist-byclass-%s-",
        "emnist-mnist-%s-",
        "qmnist-%s-",
        "my_digits_%sing_",
        "k49.%s."
      })
  void training_and_test_files_of_a_name_are_parts(String names, JavaSparkContext spark)
      throws IOException {
    for (String part : List.of("train", "test")) {
      write(names.formatted(part) + "images-idx3-ubyte.gz", PICTURES);
      byte[] labels = part.equals("train") ? new byte[] {1, 2, 3} : new byte[] {3, 3, 1};
      write(names.formatted(part) + "labels-idx1-ubyte.gz", IdxFiles.bytes(labels, 3));
    }
    DataParts parts = DataSources.parts(spark, location()).orElseThrow();
    assertThat(classes(spark, parts.train())).containsExactly(0, 1, 2);
    assertThat(classes(spark, parts.test().orElseThrow())).containsExactly(2, 2, 0);
    assertThat(parts.test().orElseThrow().schema()).isEqualTo(parts.train().schema());
    assertThat(parts.validation()).isEmpty();
  }

  @Test
  void several_data_sets_in_a_folder_are_not_taken_for_one(JavaSparkContext spark)
      throws IOException {
    for (String set : List.of("digits", "letters")) {
      for (String part : List.of("train", "test")) {
        write("emnist-%s-%s-images-idx3-ubyte".formatted(set, part), PICTURES);
        write(
            "emnist-%s-%s-labels-idx1-ubyte".formatted(set, part),
            IdxFiles.bytes(new byte[] {1, 2, 3}, 3));
      }
    }
    String expected =
        "%1$s: holds 2 data sets (emnist-digits, emnist-letters): name the files of one, such as %1$s/emnist-digits-*"
            .formatted(folder);
    assertThatThrownBy(() -> open(spark, location())).hasMessage(expected);
    assertThatThrownBy(() -> DataSources.parts(spark, location())).hasMessage(expected);
    DataLocation one = DataLocation.of(folder + "/emnist-letters-*");
    assertThat(DataSources.parts(spark, one).orElseThrow().train().count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MNIST", "FashionMNIST", "KMNIST"})
  void torchvision_s_folder_of_raw_and_compressed_files_is_entered(
      String name, JavaSparkContext spark) throws IOException {
    Files.createDirectories(folder.resolve(name).resolve("raw"));
    Files.createDirectories(folder.resolve(name).resolve("processed"));
    for (String end : List.of("", ".gz")) {
      for (String part : List.of("train", "t10k")) {
        write("%s/raw/%s-images-idx3-ubyte%s".formatted(name, part, end), PICTURES);
        write(
            "%s/raw/%s-labels-idx1-ubyte%s".formatted(name, part, end),
            IdxFiles.bytes(new byte[] {2, 0, 1}, 3));
      }
    }
    String whole = folder.resolve(name).toString();
    assertThat(open(spark, DataLocation.of(whole)).count()).isEqualTo(6);
    assertThat(Mnist.isIn(whole)).isTrue();
    assertThat(classes(spark, new Mnist(whole).test())).containsExactly(2, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "2 3, 3 2, 1 4 2 5 3 6",
    "3 2, 2 3, 1 3 5 2 4 6",
    "1 6, 6 1, 1 2 3 4 5 6",
    "6 1, 1 6, 1 2 3 4 5 6",
    "2 2, 2 2, 1 3 2 4"
  })
  void pictures_stored_by_columns_are_turned_upright(
      String stored, String upright, String pixels, JavaSparkContext spark) throws IOException {
    int[] sizes = numbers(stored);
    byte[] body = new byte[sizes[0] * sizes[1]];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i + 1);
    }
    write("x-images-idx3-ubyte", IdxFiles.bytes(body, 1, sizes[0], sizes[1]));
    write("x-labels-idx1-ubyte", IdxFiles.bytes(new byte[] {0}, 1));
    DataSource source = open(spark, location().withAxes(Axes.COLUMNS));
    assertThat(source.schema().featureShape())
        .isEqualTo(Arrays.stream(numbers(upright)).boxed().toList());
    Example example = source.load(spark, 1).first();
    float[] values = new float[body.length];
    example.features().copyTo(values);
    int[] expected = numbers(pixels);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("pixel %d", i).isEqualTo(expected[i]);
    }
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Test
  void rows_of_a_table_that_are_no_square_pictures_cannot_be_turned(JavaSparkContext spark)
      throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "label,a,b\nx,1,2\ny,3,4\n");
    DataLocation location = DataLocation.of(table.toString()).withAxes(Axes.COLUMNS);
    assertThatThrownBy(() -> open(spark, location))
        .hasMessage(
            table
                + ": --transposed is of pictures of one channel, found examples of [2]: leave it out");
  }

  @ParameterizedTest
  @CsvSource({"3 1 2, 2 0 1", "2 0 1, 2 0 1", "3 3 1, 2 2 0", "0 0 2, 0 0 2", "1 3 2, 0 2 1"})
  void a_model_s_classes_from_1_are_found_by_the_numbers_that_occur(
      String labels, String expected, JavaSparkContext spark) throws IOException {
    write("x-images-idx3-ubyte", PICTURES);
    String[] numbers = labels.split(" ");
    byte[] values = new byte[3];
    for (int i = 0; i < 3; i++) {
      values[i] = Byte.parseByte(numbers[i]);
    }
    write("x-labels-idx1-ubyte", IdxFiles.bytes(values, 3));
    DataSource source = open(spark, location().withClassNames(List.of("1", "2", "3")));
    assertThat(classes(spark, source).toString().replaceAll("[\\[,\\]]", "")).isEqualTo(expected);
  }

  @Test
  void raw_files_beside_compressed_ones_are_read_once(JavaSparkContext spark) throws IOException {
    for (String end : List.of("", ".gz")) {
      write("train-images-idx3-ubyte" + end, PICTURES);
      write("train-labels-idx1-ubyte" + end, IdxFiles.bytes(new byte[] {2, 0, 1}, 3));
    }
    assertThat(classes(spark, open(spark, location()))).containsExactly(2, 0, 1);
  }

  @Test
  void pictures_of_float_pixels_have_labels_of_bytes(JavaSparkContext spark) throws IOException {
    write("train-images-idx3-float", idx(0x0d, 4, new double[12], 3, 2, 2));
    write("train-labels-idx1-ubyte", IdxFiles.bytes(new byte[] {2, 0, 1}, 3));
    DataSource source = open(spark, location());
    assertThat(source.schema().featureType()).isEqualTo(Schema.FeatureType.FLOAT32);
    assertThat(classes(spark, source)).containsExactly(2, 0, 1);
  }

  @Test
  void a_label_of_ten_million_is_named(JavaSparkContext spark) throws IOException {
    write("x-images-idx3-ubyte", PICTURES);
    write("x-labels-idx1-int", idx(0x0c, 4, new double[] {0, 1, 10_000_000}, 3));
    assertThatThrownBy(() -> open(spark, location()))
        .hasStackTraceContaining(
            "x-labels-idx1-int: offset 16: expected a label from 0 to 99999, found 10000000");
  }
}
