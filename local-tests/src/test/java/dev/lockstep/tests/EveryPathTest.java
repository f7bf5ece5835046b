package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.fetch.DatasetFetcher;
import dev.lockstep.data.fetch.PublishedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All 70,000 examples of the real data sets, through every path there is. */
@Tag("slow")
class EveryPathTest {
  private static final int PIXELS = 28 * 28;
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

  @TempDir private Path folder;

  @Test
  @Needs(PublishedData.MNIST)
  void the_hash_of_all_digits_is_the_same() throws IOException {
    System.setProperty("spark.master", "local[2]");
    Path cache = DatasetFetcher.cache(PublishedData.MNIST);
    write(cache, "train", "a");
    write(cache, "t10k", "b");

    List<String> hashes =
        List.of(
            hash("inspect", path("raw")),
            hash("inspect", path("gz")),
            hash("inspect", path("shards")),
            prepare("raw", "parquet", "--shuffle", "--shards", "3"),
            prepare("raw", "idx", "--format", "idx", "--shards", "2"),
            hash("inspect", path("idx")),
            prepare("parquet", "pictures", "--format", "images"),
            prepare("pictures", "again", "--shuffle", "--seed", "9"),
            hash("inspect", path("again")));

    assertThat(hashes).containsOnly(hashes.get(0));
  }

  @Test
  @Needs(PublishedData.FASHION)
  void the_hash_of_all_clothes_is_the_same() {
    System.setProperty("spark.master", "local[2]");
    String clothes = DatasetFetcher.cache(PublishedData.FASHION).toString();

    assertThat(prepare(clothes, "clothes", "--shuffle", "--shards", "3"))
        .isEqualTo(hash("inspect", clothes));
  }

  /** Writes a part of the data set as it is, gzipped, and in two shards. */
  private void write(Path cache, String part, String name) throws IOException {
    byte[] images = Files.readAllBytes(cache.resolve(part + "-images-idx3-ubyte"));
    byte[] labels = Files.readAllBytes(cache.resolve(part + "-labels-idx1-ubyte"));
    int count = labels.length - LABELS_HEADER;
    write("raw", name, "", images, labels);
    write("gz", name, ".gz", IdxFiles.gzip(images), IdxFiles.gzip(labels));
    shard(name + "1", 0, count / 3, images, labels);
    shard(name + "2", count / 3, count, images, labels);
  }

  private void shard(String name, int from, int to, byte[] images, byte[] labels)
      throws IOException {
    byte[] pixels =
        Arrays.copyOfRange(images, IMAGES_HEADER + from * PIXELS, IMAGES_HEADER + to * PIXELS);
    byte[] classes = Arrays.copyOfRange(labels, LABELS_HEADER + from, LABELS_HEADER + to);
    write(
        "shards",
        name,
        "",
        IdxFiles.bytes(pixels, to - from, 28, 28),
        IdxFiles.bytes(classes, to - from));
  }

  private void write(String to, String name, String end, byte[] images, byte[] labels)
      throws IOException {
    Path files = Files.createDirectories(folder.resolve(to));
    IdxFiles.write(files.resolve(name + "-images-idx3-ubyte" + end), images);
    IdxFiles.write(files.resolve(name + "-labels-idx1-ubyte" + end), labels);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String prepare(String from, String to, String... more) {
    Stream<String> command = Stream.of("prepare", "--from", path(from), "--to", path(to));
    return hash(Stream.concat(command, Stream.of(more)).toArray(String[]::new));
  }

  /** That which a command tells of all examples. */
  private static String hash(String... command) {
    CommandLine run = CommandLine.run(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("all: 70,000 examples, hash ");
    return run.out().replaceFirst("(?s).*hash ([0-9a-f]{32}).*", "$1");
  }
}
