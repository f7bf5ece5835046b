package dev.lockstep.data.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleStream;
import dev.lockstep.data.Schema;
import dev.lockstep.data.chunk.ChunkPlan.Storing;
import dev.lockstep.data.chunk.WindowOrder.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How near windows come to shuffling all: of a full shuffle, examples move by a third of the data
 * on average, neighbours have nothing to do with each other, and of sorted classes each stretch has
 * its share. With {@code -Dquality.print} it prints what it finds.
 */
class ShufflingQualityTest {
  private static final int EXAMPLES = 40_000;
  private static final int CLASSES = 10;
  private static final Schema SCHEMA = Schema.classification(List.of(8), CLASSES);

  /**
   * @param part of the data that memory holds: one of so many
   */
  @ParameterizedTest
  @ValueSource(ints = {5, 20, 100, 400})
  void windows_shuffle_nearly_as_well_as_all(int part) {
    long memory = (long) EXAMPLES * RecordLayout.of(SCHEMA).bytes() / part;
    ChunkedExamples chunks =
        ChunkWriter.write(
            LocalFolder.create(new SparkConf(false)),
            ChunkPlan.of(SCHEMA, EXAMPLES, memory, Storing.DEALT),
            SCHEMA,
            IntStream.range(0, EXAMPLES)
                .mapToObj(i -> Example.image(i, new byte[8], i / (EXAMPLES / CLASSES)))
                .iterator());
    int[][] places = new int[2][EXAMPLES];
    int[] order = new int[2 * EXAMPLES];
    ExampleStream stream = chunks.stream(Kind.SHUFFLED, 1, 0);
    for (int position = 0; position < 2 * EXAMPLES; position++) {
      stream.moveTo(position);
      order[position] = (int) stream.id();
      places[position / EXAMPLES][order[position]] = position % EXAMPLES;
    }
    chunks.delete();

    double moved = 0;
    double between = 0;
    double correlation = 0;
    double mean = (EXAMPLES - 1) / 2.0;
    double variance = ((double) EXAMPLES * EXAMPLES - 1) / 12;
    for (int i = 0; i < EXAMPLES; i++) {
      moved += Math.abs(places[0][i] - i);
      between += Math.abs(places[1][i] - places[0][i]);
      correlation += i == 0 ? 0 : (order[i] - mean) * (order[i - 1] - mean);
    }
    moved /= (double) EXAMPLES * EXAMPLES;
    between /= (double) EXAMPLES * EXAMPLES;
    correlation /= variance * (EXAMPLES - 1);
    double worst = worstShare(order);
    if (Boolean.getBoolean("quality.print")) {
      System.out.printf(
          "memory for 1/%d: moved %.3f, between epochs %.3f, neighbours %.3f, class share %.3f%n",
          part, moved, between, correlation, worst);
    }
    assertThat(moved).as("distance from where they were").isBetween(0.31, 0.36);
    assertThat(between).as("distance between epochs").isBetween(0.31, 0.36);
    assertThat(correlation).as("of neighbours").isBetween(-0.03, 0.03);
    assertThat(worst).as("a class in a thousand examples").isLessThan(0.16);
  }

  /** The largest share that a class, of data sorted by class, has of any thousand in sequence. */
  private static double worstShare(int[] order) {
    int largest = 0;
    for (int from = 0; from + 1000 <= EXAMPLES; from += 1000) {
      int[] counts = new int[CLASSES];
      for (int i = from; i < from + 1000; i++) {
        largest = Math.max(largest, ++counts[order[i] / (EXAMPLES / CLASSES)]);
      }
    }
    return largest / 1000.0;
  }
}
