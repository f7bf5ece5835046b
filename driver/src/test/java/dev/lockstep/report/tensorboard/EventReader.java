package dev.lockstep.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads event files as their format is published, with code of its own for framing and checksums,
 * and complains about whatever is not as it should be.
 */
public final class EventReader {
  private EventReader() {}

  /**
   * An event.
   *
   * @param what its fields
   */
  public record Event(double time, long step, Wire what) {
    boolean isSummary() {
      return what.has(5);
    }

    List<Tagged> values() {
      return what.message(5).messages(1).stream()
          .map(value -> new Tagged(time, step, value.text(1), value))
          .toList();
    }
  }

  /** A value of a summary. */
  public record Tagged(double time, long step, String tag, Wire value) {
    public float scalar() {
      assertThat(value.has(2)).as(tag + " is a scalar").isTrue();
      return value.real32(2);
    }
  }

  /** The event files of a folder in the order in which TensorBoard reads them. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().contains("tfevents")).sorted().toList();
    }
  }

  /** All values of all files of a folder that no restart has made void. */
  public static List<Tagged> values(Path folder) throws IOException {
    List<Tagged> values = new ArrayList<>();
    for (Path file : files(folder)) {
      for (Event event : read(file)) {
        if (event.what().message(7).integer(1) == 1) {
          values.removeIf(value -> value.step() >= event.step());
        }
        values.addAll(event.values());
      }
    }
    return values;
  }

  public static List<Event> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).as("checksum of a length").isEqualTo(masked(length));
      byte[] record =
          new byte
              [Math.toIntExact(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
      in.get(record);
      assertThat(in.getInt()).as("checksum of a record").isEqualTo(masked(record));
      Wire event = Wire.of(record);
      events.add(new Event(event.real64(1), event.integer(2), event));
    }
    assertThat(events.get(0).what().text(3)).as("the first event").isEqualTo("brain.Event:2");
    return events;
  }

  private static int masked(byte[] data) {
    int crc = crc32c(data);
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  /** Castagnoli's CRC, a bit at a time (RFC 3720, appendix B.4). */
  static int crc32c(byte[] data) {
    int crc = ~0;
    for (byte next : data) {
      crc ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
      }
    }
    return ~crc;
  }
}
