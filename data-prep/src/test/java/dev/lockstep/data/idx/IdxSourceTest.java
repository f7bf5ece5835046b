package dev.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class IdxSourceTest {
  private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1};
  private static final byte[] LABELS = {2, 0, 1};

  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeThreeImagesOfTwoByTwo() {
    images = folder.resolve("images");
    labels = folder.resolve("labels");
    IdxFiles.write(images, IdxFiles.bytes(PIXELS, 3, 2, 2));
    IdxFiles.write(labels, IdxFiles.bytes(LABELS, 3));
  }

  private IdxSource open() {
    return IdxSource.open(images.toString(), labels.toString(), 3);
  }

  @Test
  void heads_tell_shape_count_and_classes() {
    assertThat(open().schema()).isEqualTo(Schema.classification(List.of(2, 2), 3));
    assertThat(open().count()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "3, false", "7, false", "1, true", "2, true", "5, true"})
  void every_example_comes_once_in_order_from_any_number_of_partitions(
      int partitions, boolean gzipped, JavaSparkContext spark) {
    if (gzipped) {
      IdxFiles.write(images, IdxFiles.gzip(IdxFiles.bytes(PIXELS, 3, 2, 2)));
      IdxFiles.write(labels, IdxFiles.gzip(IdxFiles.bytes(LABELS, 3)));
    }

    List<Example> examples = open().load(spark, partitions).collect();

    assertThat(examples).extracting(Example::id).containsExactly(0L, 1L, 2L);
    assertThat(examples)
        .extracting(example -> ((Values.Bytes) example.features()).values())
        .containsExactly(
            Arrays.copyOfRange(PIXELS, 0, 4),
            Arrays.copyOfRange(PIXELS, 4, 8),
            Arrays.copyOfRange(PIXELS, 8, 12));
    assertThat(examples)
        .extracting(Example::target)
        .containsExactly(new float[] {2}, new float[] {0}, new float[] {1});
    assertThat(open().load(spark, partitions).getNumPartitions()).isEqualTo(partitions);
  }

  @Test
  void a_range_keeps_the_numbers_of_the_file(JavaSparkContext spark) {
    assertThat(open().range(1, 3).load(spark, 2).collect())
        .extracting(Example::id)
        .containsExactly(1L, 2L);
  }

  @Test
  void a_range_beyond_the_file_names_both_numbers() {
    assertError(() -> open().range(0, 4), "%s: expected at least 4 items, found 3", images);
  }

  @Test
  void an_unknown_magic_number_is_shown() {
    IdxFiles.write(images, new byte[] {'P', 'N', 'G', '!'});

    assertError(
        this::open,
        "%s: offset 0: expected an IDX magic number 0x0000ttdd, found 0x504e4721",
        images);
  }

  @Test
  void an_unknown_element_type_is_shown() {
    IdxFiles.write(images, new byte[] {0, 0, 0x0a, 1, 0, 0, 0, 0});

    assertError(
        this::open,
        "%s: offset 2: expected an element type (0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e), found 0x0a",
        images);
  }

  @ParameterizedTest
  @CsvSource({"0", "5", "255"})
  void a_wrong_number_of_dimensions_is_shown(int dimensions) {
    IdxFiles.write(images, new byte[] {0, 0, 8, (byte) dimensions});

    assertError(
        this::open, "%s: offset 3: expected 1 to 4 dimensions, found " + dimensions, images);
  }

  @Test
  void an_empty_file_is_not_an_idx_file() {
    IdxFiles.write(images, new byte[0]);

    assertError(
        this::open,
        "%s: offset 0: expected a magic number of 4 bytes, found the end of the file",
        images);
  }

  @Test
  void a_truncated_head_names_the_dimension() {
    IdxFiles.write(images, Arrays.copyOf(IdxFiles.bytes(PIXELS, 3, 2, 2), 10));

    assertError(
        this::open,
        "%s: offset 8: expected the size of dimension 2, found the end of the file",
        images);
  }

  @Test
  void a_truncated_raw_body_is_found_before_anything_is_read() {
    IdxFiles.write(images, Arrays.copyOf(IdxFiles.bytes(PIXELS, 3, 2, 2), 27));

    assertError(
        this::open,
        "%s: offset 27: expected 28 bytes for 3 items of 4 bytes, found the end of the file",
        images);
  }

  @Test
  void bytes_after_the_last_item_are_counted() {
    IdxFiles.write(images, Arrays.copyOf(IdxFiles.bytes(PIXELS, 3, 2, 2), 30));

    assertError(
        this::open,
        "%s: offset 28: expected the end of the file after 3 items of 4 bytes, found 2 more bytes",
        images);
  }

  @Test
  void a_truncated_gzip_body_names_the_offset_in_the_data(JavaSparkContext spark) {
    IdxFiles.write(images, IdxFiles.gzip(Arrays.copyOf(IdxFiles.bytes(PIXELS, 3, 2, 2), 24)));

    assertTaskError(
        () -> open().load(spark, 1).collect(),
        "%s: offset 24: expected 28 bytes for 3 items of 4 bytes, found the end of the file",
        images);
  }

  @Test
  void data_after_the_last_item_of_a_gzip_file_is_an_error(JavaSparkContext spark) {
    IdxFiles.write(labels, IdxFiles.gzip(IdxFiles.bytes(new byte[] {2, 0, 1, 1}, 3)));

    assertTaskError(
        () -> open().load(spark, 2).collect(),
        "%s: offset 11: expected the end of the data after 3 items of 1 bytes, found more",
        labels);
  }

  @Test
  void sizes_that_overflow_are_refused_without_allocating() {
    IdxFiles.write(images, IdxFiles.bytes(new byte[0], 3, Integer.MAX_VALUE, Integer.MAX_VALUE));

    assertError(
        this::open,
        "%s: offset 4: expected items of at most 1073741824 bytes, found sizes"
            + " [3, 2147483647, 2147483647] of 1-byte values",
        images);
  }

  @Test
  void a_negative_size_is_shown() {
    IdxFiles.write(images, IdxFiles.bytes(new byte[0], 3, -2, 2));

    assertError(
        this::open,
        "%s: offset 8: expected a size of dimension 2 from 1 to 2147483647, found -2",
        images);
  }

  @Test
  void images_and_labels_must_be_as_many() {
    IdxFiles.write(labels, IdxFiles.bytes(new byte[] {1, 2}, 2));

    assertError(
        this::open,
        "%s: offset 4: expected 3 labels, one for each item of " + images + ", found 2",
        labels);
  }

  @Test
  void a_label_beyond_the_classes_names_its_offset(JavaSparkContext spark) {
    IdxFiles.write(labels, IdxFiles.bytes(new byte[] {2, 3, 1}, 3));

    assertTaskError(
        () -> open().load(spark, 2).collect(),
        "%s: offset 9: expected a label from 0 to 2, found 3",
        labels);
  }

  @Test
  void labels_in_the_place_of_images_are_noticed() {
    assertError(
        () -> IdxSource.open(labels.toString(), images.toString(), 3),
        "%s: offset 3: expected data, found 1 dimension: are data and labels exchanged?",
        labels);
  }

  @Test
  void a_missing_file_and_a_directory_are_told_apart() {
    Path missing = folder.resolve("missing");

    assertError(
        () -> IdxSource.open(missing.toString(), labels.toString(), 3),
        "%s: no such file",
        missing);
    assertError(
        () -> IdxSource.open(folder.toString(), labels.toString(), 3),
        "%s: expected an IDX file, found a directory",
        folder);
  }

  private static void assertError(ThrowingCallable call, String message, Path file) {
    assertThatThrownBy(call).isInstanceOf(DataError.class).hasMessage(message, file);
  }

  private static void assertTaskError(ThrowingCallable call, String message, Path file) {
    assertThatThrownBy(call).rootCause().isInstanceOf(DataError.class).hasMessage(message, file);
  }
}
