package dev.lockstep.data.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.ExampleStream;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Values;
import dev.lockstep.data.chunk.ChunkPlan.Storing;
import dev.lockstep.data.chunk.WindowOrder.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Examples on a disk are those that were written, in an order that anybody can compute. */
class ChunkedExamplesProperties {
  private static final LocalFolder FOLDER = LocalFolder.create(new SparkConf(false));
  private static final int LENGTH = 5;

  @Property(tries = 60)
  void examples_come_out_as_they_went_in(
      @ForAll @IntRange(min = 0, max = 300) int size,
      @ForAll @IntRange(min = 0, max = 5) int fewer,
      @ForAll @LongRange(min = 1, max = 20_000) long memory,
      @ForAll Storing storing,
      @ForAll boolean bytes) {
    Schema schema = schema(bytes);
    int written = Math.max(0, size - fewer);
    ChunkedExamples chunks = write(schema, size, written, memory, storing);
    ExampleBlock block = ExampleBlock.of(schema, examples(written, bytes).iterator());

    assertThat(chunks.size()).isEqualTo(written);
    assertThat(chunks.idHash()).isEqualTo(block.idHash());
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < written; i++) {
      int id = (int) chunks.id(i);
      seen.add(chunks.id(i));
      assertThat(storing == Storing.DEALT || id == i).isTrue();
      assertThat(chunks.label(i)).isEqualTo(block.label(id));
      assertThat(stored(chunks, i)).isEqualTo(stored(block, id));
      assertThat(seenByNetwork(chunks, i))
          .usingRecursiveComparison()
          .isEqualTo(seenByNetwork(block, id));
    }
    assertThat(seen).as("each once").hasSize(written);
    chunks.delete();
  }

  @Property(tries = 60)
  void an_epoch_has_each_example_once_and_can_be_entered_anywhere(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @LongRange(min = 1, max = 20_000) long memory,
      @ForAll @IntRange(min = 0, max = 1_000) int enter,
      @ForAll Kind kind) {
    ChunkedExamples chunks = write(schema(true), size, size, memory, Storing.DEALT);
    List<Long> run = run(chunks.stream(kind, 7, 1), 0, 3 * size);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(new TreeSet<>(run.subList(epoch * size, (epoch + 1) * size)))
          .as("each example once in epoch %d", epoch)
          .containsExactlyElementsOf(LongStream.range(0, size).boxed().toList());
    }
    int from = enter % (3 * size);
    assertThat(run(chunks.stream(kind, 7, 1), from, 3 * size))
        .isEqualTo(run.subList(from, 3 * size));
    if (size > 20) {
      assertThat(run.subList(0, size).equals(run.subList(size, 2 * size)))
          .as("epochs are alike only as stored")
          .isEqualTo(kind == Kind.AS_STORED);
      assertThat(run(chunks.stream(kind, 7, 2), 0, size).equals(run.subList(0, size)))
          .as("workers are alike only as stored")
          .isEqualTo(kind == Kind.AS_STORED);
    }
    chunks.delete();
  }

  @Test
  void what_is_let_go_for_a_while_goes_on() {
    ChunkedExamples chunks = write(schema(false), 200, 200, 4_000, Storing.DEALT);
    List<Long> whole = run(chunks.stream(Kind.SHUFFLED, 1, 0), 0, 400);
    ExampleStream stream = chunks.stream(Kind.SHUFFLED, 1, 0);
    List<Long> parts = new ArrayList<>();
    for (int from = 0; from < 400; from += 40) {
      stream.hold(chunks);
      parts.addAll(run(stream, from, from + 40));
      stream.release();
    }
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void no_more_is_in_memory_than_may_be() {
    Schema schema = Schema.classification(List.of(28, 28), 10);
    int record = RecordLayout.of(schema).bytes();
    for (long memory : new long[] {100_000, 10_000_000, 1L << 30, 16L << 30}) {
      for (long examples : new long[] {1_000, 1_000_000, 1_000_000_000}) {
        ChunkPlan plan = ChunkPlan.of(schema, examples, memory, Storing.DEALT);
        assertThat(2L * plan.window() * plan.rows() * record).isLessThanOrEqualTo(memory);
        assertThat((long) plan.open() * plan.write() * record).isLessThanOrEqualTo(memory);
        assertThat(plan.window()).as("chunks in a window").isBetween(1, 32);
      }
    }
  }

  @Test
  void data_sorted_by_class_gives_each_chunk_its_share_of_all() {
    Schema schema = schema(true);
    int size = 2_000;
    ChunkPlan plan = ChunkPlan.of(schema, size, 8_000, Storing.DEALT);
    ChunkedExamples chunks =
        ChunkWriter.write(
            FOLDER,
            plan,
            schema,
            IntStream.range(0, size)
                .mapToObj(i -> Example.image(i, new byte[LENGTH], i * 10 / size))
                .iterator());
    int[] starts = chunks.table().starts();
    for (int chunk = 0; chunk < starts.length - 1; chunk++) {
      int[] counts = new int[10];
      for (int i = starts[chunk]; i < starts[chunk + 1]; i++) {
        counts[chunks.label(i)]++;
      }
      int even = (starts[chunk + 1] - starts[chunk]) / 10;
      for (int count : counts) {
        assertThat(count).as("of a class in chunk %d", chunk).isBetween(even - 2, even + 2);
      }
    }
    chunks.delete();
  }

  @Test
  void damage_on_the_disk_is_told() throws IOException {
    ChunkedExamples chunks = write(schema(true), 100, 100, 2_000, Storing.IN_ORDER);
    String file = chunks.table().files().get(0);
    try (RandomAccessFile damaged =
        new RandomAccessFile(Path.of(URI.create(file)).toFile(), "rw")) {
      damaged.seek(15);
      damaged.write(99);
    }
    String line = "offset 0: damaged, its checksum is wrong: see whether the disk is sound";
    assertThatThrownBy(() -> chunks.id(0)).isInstanceOf(DataError.class).hasMessageContaining(line);
    assertThatThrownBy(() -> run(chunks.stream(Kind.AS_STORED, 1, 0), 0, 100))
        .isInstanceOf(DataError.class)
        .hasMessageContaining(line);
    chunks.delete();
    assertThat(chunks.isHere()).isFalse();
  }

  private static ChunkedExamples write(
      Schema schema, int most, int size, long memory, Storing storing) {
    return ChunkWriter.write(
        FOLDER,
        ChunkPlan.of(schema, most, memory, storing),
        schema,
        examples(size, schema.featureType() == FeatureType.UINT8).iterator());
  }

  private static Schema schema(boolean bytes) {
    return new Schema(
        List.of(LENGTH), bytes ? FeatureType.UINT8 : FeatureType.FLOAT32, Schema.numbered(10), 0);
  }

  private static List<Example> examples(int size, boolean asBytes) {
    return LongStream.range(0, size)
        .mapToObj(
            id -> {
              byte[] pixels = new byte[LENGTH];
              float[] values = new float[LENGTH];
              for (int at = 0; at < LENGTH; at++) {
                pixels[at] = (byte) (id * 7 + at);
                values[at] = id + at / 10f;
              }
              return new Example(
                  id,
                  asBytes ? new Values.Bytes(pixels) : new Values.Floats(values),
                  new float[] {id % 10});
            })
        .toList();
  }

  private static List<Long> run(ExampleStream stream, int from, int to) {
    List<Long> ids = new ArrayList<>();
    for (int position = from; position < to; position++) {
      stream.moveTo(position);
      ids.add(stream.id());
    }
    return ids;
  }

  private static float[] stored(Examples examples, int index) {
    float[] features = new float[LENGTH];
    examples.copyStored(index, features);
    return features;
  }

  private static List<float[]> seenByNetwork(Examples examples, int index) {
    float[] features = new float[3 * LENGTH];
    float[] labels = new float[30];
    examples.copy(index, 1, features, labels);
    return List.of(features, labels);
  }
}
