package dev.lockstep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lockstep.data.DataError;
import dev.lockstep.data.IdxFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.hadoop.conf.Configuration;

/** Whatever the bytes: values or a DataError, and no more memory than the buffers and the file. */
class IdxFuzzProperties {
  /** Stream buffers, and what a file system takes to open a file. */
  private static final long OVERHEAD = 4 << 20;

  /** What deflate can save at most. */
  private static final long EXPANSION = 1032;

  private static final Configuration HADOOP = new Configuration(false);
  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Hadoop's classes and file systems are loaded with the first file, which is not its fault. */
  @BeforeContainer
  static void load() throws IOException {
    Path file = IdxFiles.write(Files.createTempFile("fuzz", ".idx"), new byte[0]);
    assertThatThrownBy(() -> IdxFile.open(file.toString(), HADOOP)).isInstanceOf(DataError.class);
    Files.delete(file);
  }

  /** A change of one byte; numbers that say much are frequent. */
  private record Change(double place, byte value) {}

  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<byte[]> valid =
        Combinators.combine(
                Arbitraries.of(8, 9, 0x0b, 0x0c, 0x0d, 0x0e),
                Arbitraries.integers().between(0, 5),
                Arbitraries.integers().between(1, 3))
            .as(
                (type, items, side) -> {
                  byte[] file = IdxFiles.bytes(new byte[items * side * 8], items, side, 1);
                  file[2] = type.byteValue();
                  return file;
                });
    Arbitrary<Change> changes =
        Combinators.combine(
                Arbitraries.doubles().between(0, 0.99),
                Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(2, Arbitraries.of((byte) 0x7f, (byte) -1, (byte) 0)),
                    net.jqwik.api.Tuple.of(1, Arbitraries.bytes())))
            .as(Change::new);
    return Combinators.combine(
            valid,
            Arbitraries.of(true, false),
            changes.list().ofMaxSize(4),
            Arbitraries.doubles().between(0.5, 1))
        .as(
            (file, gzipFirst, list, cut) -> {
              byte[] content = gzipFirst ? IdxFiles.gzip(file) : file.clone();
              for (Change change : list) {
                content[(int) (change.place() * change.place() * content.length)] = change.value();
              }
              return cut > 0.9 ? content : Arrays.copyOf(content, (int) (cut * content.length));
            });
  }

  @Property(tries = 3000)
  void changed_files_give_values_or_an_error(@ForAll @From("files") byte[] content)
      throws IOException {
    read(content);
  }

  @Property(tries = 1000)
  void changed_files_in_gzip_give_values_or_an_error(@ForAll @From("files") byte[] content)
      throws IOException {
    read(IdxFiles.gzip(content));
  }

  @Property(tries = 1000)
  void any_bytes_give_values_or_an_error(@ForAll byte[] content) throws IOException {
    read(content);
  }

  private static void read(byte[] content) throws IOException {
    Path file = IdxFiles.write(Files.createTempFile("fuzz", ".idx"), content);
    long before = allocated();
    long values = 0;
    try {
      IdxFile idx = IdxFile.open(file.toString(), HADOOP);
      try (ItemReader items = idx.items(0, HADOOP)) {
        for (int i = 0; i < idx.header().items(); i++) {
          values += items.nextFeatures().length();
        }
        items.expectEnd();
      }
    } catch (DataError e) {
      assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
    } finally {
      Files.delete(file);
    }
    long held = content.length * EXPANSION;
    assertThat(values).isLessThanOrEqualTo(held);
    // Examples of a few bytes cost some more as objects.
    assertThat(allocated() - before).isLessThan(OVERHEAD + 40 * held);
  }

  private static long allocated() {
    return MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
