package dev.lockstep.data.idx;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Prints how fast IDX files become examples, beside {@code cat FILE | wc -c}, in turns: run by
 * hand, as no test can tell a slow machine from slow code. Its arguments are a folder, which gets a
 * file of random pixels where it has none, the size in bytes, and the number of turns.
 */
final class ReadTiming {
  private static final int SIDE = 28;
  private static final int CHUNK = 4096;

  private ReadTiming() {}

  public static void main(String[] args) throws Exception {
    Path images = Path.of(args[0], "big-images-idx3-ubyte");
    Path labels = Path.of(args[0], "big-labels-idx1-ubyte");
    int items = Math.toIntExact(Long.parseLong(args[1]) / (SIDE * SIDE));
    if (!Files.exists(images)) {
      write(images, items, SIDE, SIDE);
      write(labels, items);
    }
    JavaSparkContext spark = SparkExtension.context();
    for (int turn = 0; turn < Integer.parseInt(args[2]); turn++) {
      double wc = seconds(() -> countBytes(images));
      double read = seconds(() -> read(spark, images, items));
      double gigabytes = Files.size(images) / 1e9;
      System.out.printf(
          "cat | wc -c %.2f GB/s, examples %.2f GB/s: %.0f %%%n",
          gigabytes / wc, gigabytes / read, 100 * wc / read);
    }
    spark.stop();
  }

  private static void write(Path file, int items, int... shape) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(0x0801 + shape.length);
      out.writeInt(items);
      int length = 1;
      for (int size : shape) {
        out.writeInt(size);
        length *= size;
      }
      byte[] chunk = new byte[CHUNK * length];
      new Random(1).nextBytes(chunk);
      for (int i = 0; i < chunk.length && shape.length == 0; i++) {
        chunk[i] = (byte) (i % 10);
      }
      for (int left = items; left > 0; left -= CHUNK) {
        out.write(chunk, 0, Math.min(left, CHUNK) * length);
      }
    }
  }

  private static void countBytes(Path file) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "cat \"$0\" | wc -c", file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("wc failed");
    }
  }

  private static void read(JavaSparkContext spark, Path images, int items) {
    DataSource source = DataSources.open(spark, DataLocation.of(images.toString()));
    long[] found =
        source
            .scan(spark)
            .mapPartitions(
                examples -> {
                  long[] sums = new long[2];
                  examples.forEachRemaining(
                      example -> {
                        sums[0]++;
                        sums[1] += ((Values.Bytes) example.features()).values()[SIDE];
                      });
                  return java.util.List.of(sums).iterator();
                })
            .reduce((a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
    if (found[0] != items) {
      throw new IllegalStateException("expected " + items + " examples, found " + found[0]);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
