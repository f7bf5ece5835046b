package dev.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import org.apache.commons.io.FileUtils;

class IdxProperties {
  private Path folder;

  @AfterTry
  void deleteFiles() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Property(tries = 100)
  void files_of_any_type_and_rank_are_read_back_by_any_number_of_partitions(
      @ForAll ElementType type,
      @ForAll @Size(max = 3) List<@IntRange(min = 1, max = 6) Integer> shape,
      @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 20) Integer> shards,
      @ForAll @IntRange(min = 1, max = 9) int partitions,
      @ForAll boolean gzipped,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int length = shape.stream().reduce(1, Math::multiplyExact);
    int items = shards.stream().mapToInt(Integer::intValue).sum();
    double[] numbers = new double[items * length];
    folder = Files.createTempDirectory("idx");
    int first = 0;
    for (int shard = 0; shard < shards.size(); shard++) {
      int size = shards.get(shard);
      ByteBuffer body = ByteBuffer.allocate(size * length * type.bytes());
      for (int i = 0; i < size * length; i++) {
        numbers[first * length + i] = put(type, body, random);
      }
      int[] sizes =
          IntStream.concat(IntStream.of(size), shape.stream().mapToInt(Integer::intValue))
              .toArray();
      write(folder.resolve(shard + "-data.idx"), body.array(), type, gzipped, sizes);
      byte[] labels = new byte[size];
      for (int i = 0; i < size; i++) {
        labels[i] = (byte) ((first + i) % 7);
      }
      write(folder.resolve(shard + "-labels.idx"), labels, ElementType.UINT8, false, size);
      first += size;
    }

    DataSource source =
        DataSources.open(SparkExtension.context(), DataLocation.of(folder.toString()));
    List<Example> examples = source.load(SparkExtension.context(), partitions).collect();

    assertThat(source.schema().featureShape()).isEqualTo(shape.isEmpty() ? List.of(1) : shape);
    assertThat(examples)
        .extracting(Example::id)
        .containsExactlyElementsOf(LongStream.range(0, items).boxed().toList());
    for (Example example : examples) {
      assertThat(example.target()).containsExactly(example.id() % 7);
      for (int i = 0; i < length; i++) {
        assertThat(value(example, i)).isEqualTo((float) numbers[(int) example.id() * length + i]);
      }
    }
  }

  private static void write(
      Path file, byte[] body, ElementType type, boolean gzipped, int... sizes) {
    byte[] content = IdxFiles.bytes(body, sizes);
    content[2] =
        switch (type) {
          case UINT8 -> 8;
          case INT8 -> 9;
          case INT16 -> 0x0b;
          case INT32 -> 0x0c;
          case FLOAT32 -> 0x0d;
          case FLOAT64 -> 0x0e;
        };
    IdxFiles.write(file, gzipped ? IdxFiles.gzip(content) : content);
  }

  /** Writes a random number, which is returned. */
  private static double put(ElementType type, ByteBuffer to, Random random) {
    int integer = random.nextInt();
    double real = random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
    switch (type) {
      case UINT8, INT8 -> to.put((byte) integer);
      case INT16 -> to.putShort((short) integer);
      case INT32 -> to.putInt(integer);
      case FLOAT32 -> to.putFloat((float) real);
      case FLOAT64 -> to.putDouble(real);
    }
    return switch (type) {
      case UINT8 -> integer & 0xff;
      case INT8 -> (byte) integer;
      case INT16 -> (short) integer;
      case INT32 -> integer;
      case FLOAT32 -> (float) real;
      case FLOAT64 -> real;
    };
  }

  private static float value(Example example, int i) {
    return example.features() instanceof Values.Bytes bytes
        ? bytes.values()[i] & 0xff
        : ((Values.Floats) example.features()).values()[i];
  }
}
