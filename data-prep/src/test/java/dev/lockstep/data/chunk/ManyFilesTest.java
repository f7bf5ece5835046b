package dev.lockstep.data.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleStream;
import dev.lockstep.data.Examples;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A thousand files of a Hadoop file system are read with few of them open at a time. */
@ExtendWith(SparkExtension.class)
class ManyFilesTest {
  private static final int FILES = 1000;
  private static final int IN_FILE = 3;

  @TempDir private Path folder;

  /** The files of this machine, counted while they are open. */
  public static final class Counting extends RawLocalFileSystem {
    static final AtomicInteger OPENED = new AtomicInteger();
    static final AtomicInteger OPEN = new AtomicInteger();
    static final AtomicInteger MOST = new AtomicInteger();

    @Override
    public URI getUri() {
      return URI.create("counting:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int buffer) throws IOException {
      FSDataInputStream in = super.open(file, buffer);
      OPENED.incrementAndGet();
      MOST.accumulateAndGet(OPEN.incrementAndGet(), Math::max);
      return new FSDataInputStream(in) {
        private boolean closed;

        @Override
        public void close() throws IOException {
          super.close();
          if (!closed) {
            closed = true;
            OPEN.decrementAndGet();
          }
        }
      };
    }
  }

  @BeforeAll
  static void register(JavaSparkContext spark) {
    for (Configuration known : List.of(spark.hadoopConfiguration(), SparkHadoopUtil.get().conf())) {
      known.set("fs.counting.impl", Counting.class.getName());
    }
  }

  @BeforeEach
  void forget() {
    Counting.OPENED.set(0);
    Counting.MOST.set(0);
  }

  private DataSource open(JavaSparkContext spark) {
    DataSource source = DataSources.open(spark, DataLocation.of("counting:" + folder));
    assertThat(source.count()).isEqualTo(FILES * IN_FILE);
    return source;
  }

  private static void expectOneOpenForEachTask(JavaSparkContext spark) {
    assertThat(Counting.MOST.get())
        .as("files open at once while heads and labels are looked at")
        .isLessThanOrEqualTo(spark.defaultParallelism());
  }

  @Test
  void chunks_that_are_trained_from_where_they_are(JavaSparkContext spark) throws IOException {
    Schema schema = Schema.classification(List.of(2, 2), 3);
    for (int file = 0; file < FILES; file++) {
      Path path = folder.resolve("part-%05d.chunks".formatted(file));
      try (ChunkFileWriter writer = new ChunkFileWriter(Files.newOutputStream(path), schema)) {
        for (int i = 0; i < IN_FILE; i++) {
          writer.write(Example.image(file * IN_FILE + i, new byte[4], i));
        }
      }
    }
    DataSource source = open(spark);
    expectOneOpenForEachTask(spark);
    Examples share = source.stored(spark, 1, 1 << 12).orElseThrow().first();
    forget();

    ExampleStream stream = ((ChunkedExamples) share).stream(WindowOrder.Kind.SHUFFLED, 1, 0);
    long ids = 0;
    for (long position = 0; position < share.size(); position++) {
      stream.moveTo(position);
      ids += stream.id();
    }

    assertThat(ids).isEqualTo((long) FILES * IN_FILE * (FILES * IN_FILE - 1) / 2);
    assertThat(Counting.OPENED.get()).isGreaterThanOrEqualTo(FILES);
    assertThat(Counting.MOST.get()).as("files open at once").isEqualTo(1);
  }

  @Test
  void pairs_of_idx_files(JavaSparkContext spark) {
    for (int file = 0; file < FILES; file++) {
      IdxFiles.write(
          folder.resolve("part-%05d-images-idx3-ubyte".formatted(file)),
          IdxFiles.bytes(new byte[IN_FILE * 4], IN_FILE, 2, 2));
      IdxFiles.write(
          folder.resolve("part-%05d-labels-idx1-ubyte".formatted(file)),
          IdxFiles.bytes(new byte[] {0, 2, 1}, IN_FILE));
    }
    DataSource source = open(spark);
    expectOneOpenForEachTask(spark);
    forget();

    assertThat(source.load(spark, 2).count()).isEqualTo(FILES * IN_FILE);

    assertThat(Counting.OPENED.get()).isGreaterThanOrEqualTo(2 * FILES);
    assertThat(Counting.MOST.get()).as("a pair in each of two tasks").isLessThanOrEqualTo(4);
  }
}
