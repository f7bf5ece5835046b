package dev.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Example;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class IdxProperties {

  @Property(tries = 40)
  void whatever_is_written_is_read_back_by_any_number_of_partitions(
      @ForAll @IntRange(max = 50) int items,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll @IntRange(min = 1, max = 9) int partitions,
      @ForAll boolean gzipped,
      @ForAll long seed)
      throws IOException {
    byte[] pixels = new byte[items * rows * columns];
    byte[] labels = new byte[items];
    new Random(seed).nextBytes(pixels);
    for (int i = 0; i < items; i++) {
      labels[i] = (byte) (i % 7);
    }
    Path folder = Files.createTempDirectory("idx");
    byte[] imageFile = IdxFiles.bytes(pixels, items, rows, columns);
    Path images =
        IdxFiles.write(folder.resolve("i"), gzipped ? IdxFiles.gzip(imageFile) : imageFile);
    Path labelFile = IdxFiles.write(folder.resolve("l"), IdxFiles.bytes(labels, items));

    List<Example> examples =
        IdxSource.open(images.toString(), labelFile.toString(), 7)
            .load(SparkExtension.context(), partitions)
            .collect();

    assertThat(examples)
        .extracting(Example::id)
        .containsExactlyElementsOf(IntStream.range(0, items).asLongStream().boxed().toList());
    byte[] read = new byte[pixels.length];
    for (Example example : examples) {
      byte[] item = ((Values.Bytes) example.features()).values();
      System.arraycopy(item, 0, read, (int) example.id() * item.length, item.length);
      assertThat(example.target()).containsExactly(example.id() % 7);
    }
    assertThat(read).isEqualTo(pixels);
  }
}
