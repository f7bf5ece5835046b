package dev.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Schema.FeatureType;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Chunks are not seen from outside: examples come out as they went in, whatever their sizes. */
class ExampleBlockProperties {

  @Property(tries = 60)
  void examples_come_out_as_they_went_in(
      @ForAll @IntRange(min = 0, max = 400) int size,
      @ForAll @IntRange(min = 1, max = 2_000) int length,
      @ForAll boolean bytes) {
    Schema schema =
        new Schema(
            List.of(length),
            bytes ? FeatureType.UINT8 : FeatureType.FLOAT32,
            Schema.numbered(10),
            0);
    Examples block =
        ExampleBlock.of(
            schema,
            LongStream.range(0, size).mapToObj(id -> example(id, length, bytes)).iterator());

    assertThat(block.size()).isEqualTo(size);
    float[] stored = new float[length];
    for (int i = 0; i < size; i++) {
      block.copyStored(i, stored);
      assertThat(block.id(i)).isEqualTo(1000L + i);
      assertThat(block.label(i)).isEqualTo(i % 10);
      assertThat(stored[0]).isEqualTo((i + length - 1) % 251);
      assertThat(stored[length - 1]).isEqualTo(i % 251);
    }
  }

  private static Example example(long id, int length, boolean asBytes) {
    byte[] pixels = new byte[length];
    float[] values = new float[length];
    for (int at = 0; at < length; at++) {
      values[at] = (id + length - 1 - at) % 251;
      pixels[at] = (byte) values[at];
    }
    return new Example(
        1000 + id,
        asBytes ? new Values.Bytes(pixels) : new Values.Floats(values),
        new float[] {id % 10});
  }
}
