package dev.lockstep.data.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Malformed;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.SplitMix64;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Prepared files of chunks: read as any data, and trained from where they are. */
@ExtendWith(SparkExtension.class)
class ChunkFilesTest {
  /** Of which five are in a chunk. */
  private static final Schema SCHEMA = Schema.classification(List.of(400, 500), 3);

  @TempDir private Path folder;

  @Test
  void examples_are_read_in_their_order_in_any_partitions(JavaSparkContext spark)
      throws IOException {
    write(folder.resolve("part-00000.chunks"), 0, 12);
    write(folder.resolve("part-00001.chunks"), 12, 13);
    write(folder.resolve("part-00002.chunks"), 13, 23);
    DataSource source = DataSources.open(spark, DataLocation.of(folder.toString()));

    assertThat(source.schema()).isEqualTo(SCHEMA);
    assertThat(source.count()).isEqualTo(23);
    for (int partitions : new int[] {1, 2, 7, 30}) {
      List<List<Example>> parts = source.load(spark, partitions).glom().collect();
      assertThat(parts.stream().flatMap(List::stream).map(Example::id))
          .containsExactlyElementsOf(LongStream.range(0, 23).boxed().toList());
      assertThat(parts).allMatch(part -> part.size() >= 23 / partitions);
      assertThat(parts).allMatch(part -> part.size() <= 23 / partitions + 1);
      Example last = parts.get(partitions - 1).get(parts.get(partitions - 1).size() - 1);
      assertThat(last.target()).containsExactly(22 % 3);
      assertThat(((Values.Bytes) last.features()).values()).isEqualTo(pixels(22));
    }
  }

  @Test
  void workers_read_them_where_they_are(JavaSparkContext spark) throws IOException {
    write(folder.resolve("part-00000.chunks"), 0, 12);
    write(folder.resolve("part-00001.chunks"), 12, 23);
    DataSource source = DataSources.open(spark, DataLocation.of(folder.toString()));
    for (int workers : new int[] {1, 2, 4, 9}) {
      List<Examples> shares =
          Transport.collect(source.stored(spark, workers, 2_000_000).orElseThrow());
      TreeSet<Long> ids = new TreeSet<>();
      long hash = 0;
      for (Examples share : shares) {
        hash += share.idHash();
        IntStream.range(0, share.size()).forEach(i -> assertThat(ids.add(share.id(i))).isTrue());
      }
      assertThat(ids).containsExactlyElementsOf(LongStream.range(0, 23).boxed().toList());
      assertThat(hash)
          .as("of stored sums")
          .isEqualTo(ids.stream().mapToLong(SplitMix64::mix).sum());
    }
  }

  static Stream<Arguments> damaged() {
    return Stream.of(
        Malformed.row(
            "cut off",
            folder -> cut(folder.resolve("a.chunks"), 1_000_300),
            "a.chunks",
            UnaryOperator.identity(),
            "FOLDER/a.chunks: offset 1000300: damaged, it is cut off: write the file again"),
        Malformed.row(
            "a head cut off",
            folder -> cut(folder.resolve("a.chunks"), 10),
            "a.chunks",
            UnaryOperator.identity(),
            "FOLDER/a.chunks: damaged, its head is cut off: write the file again"),
        Malformed.row(
            "a pixel changed",
            folder -> {
              write(folder.resolve("a.chunks"), 0, 4);
              byte[] bytes = Files.readAllBytes(folder.resolve("a.chunks"));
              bytes[bytes.length - 20] ^= 1;
              Files.write(folder.resolve("a.chunks"), bytes);
            },
            "a.chunks",
            UnaryOperator.identity(),
            "FOLDER/a.chunks: offset "
                + head()
                + ": damaged, its checksum is wrong: see whether the disk is sound, and write the file again"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void damage_is_told_in_one_line(Malformed.Case damaged) throws IOException {
    Malformed.expectMessage(damaged, folder);
  }

  private static int head() {
    try {
      return ChunkFileHead.of(SCHEMA).toBytes().length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void cut(Path file, int length) throws IOException {
    write(file, 0, 12);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  private static void write(Path file, int from, int to) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    try (ChunkFileWriter writer = new ChunkFileWriter(out, SCHEMA)) {
      for (int id = from; id < to; id++) {
        writer.write(Example.image(id, pixels(id), id % 3));
      }
    }
  }

  private static byte[] pixels(int id) {
    byte[] pixels = new byte[SCHEMA.featureLength()];
    Arrays.fill(pixels, (byte) id);
    return pixels;
  }
}
