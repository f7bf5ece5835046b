package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data in HDFS: a name node and a data node in this process, on loopback. */
@Tag("slow")
class HdfsTest {
  private static final int COUNT = 300;
  private static final int PIXELS = 28 * 28;
  private static final int BLOCK = 1 << 16;

  /** A client asks again so soon whether a file is complete, instead of after 400 ms. */
  private static final String RETRY =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  @TempDir private static Path folder;

  private static MiniDFSCluster cluster;
  private static FileSystem files;
  private static String root;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.hadoop." + RETRY, "2");
    Configuration hadoop = new Configuration();
    hadoop.setInt(RETRY, 2);
    hadoop.setInt("dfs.namenode.fs-limits.min-block-size", BLOCK);
    hadoop.setInt("dfs.blocksize", BLOCK);
    hadoop.setInt("dfs.replication", 1);
    cluster = new MiniDFSCluster.Builder(hadoop, folder.resolve("hdfs").toFile()).build();
    files = cluster.getFileSystem();
    root = cluster.getURI() + "/";

    Random random = new Random(4);
    byte[] pixels = new byte[COUNT * PIXELS];
    byte[] labels = new byte[COUNT];
    random.nextBytes(pixels);
    for (int i = 0; i < COUNT; i++) {
      labels[i] = (byte) (i % 10);
    }
    byte[] images = IdxFiles.bytes(pixels, COUNT, 28, 28);
    byte[] classes = IdxFiles.bytes(labels, COUNT);
    for (String part : new String[] {"train", "t10k"}) {
      write("mnist/" + part + "-images-idx3-ubyte", images);
      write("mnist/" + part + "-labels-idx1-ubyte", classes);
    }
    write("raw/a-images-idx3-ubyte", images);
    write("raw/a-labels-idx1-ubyte", classes);
    write("gz/a-images-idx3-ubyte.gz", IdxFiles.gzip(images));
    write("gz/a-labels-idx1-ubyte.gz", IdxFiles.gzip(classes));
    write("table.csv", csv(pixels, labels));
    prepare("raw", "parquet", "parquet");
    prepare("parquet", "idx", "idx");
    prepare("idx", "pictures", "images");
  }

  @AfterAll
  static void stop() {
    SparkExtension.stop();
    cluster.shutdown();
    System.clearProperty("spark.hadoop." + RETRY);
  }

  private static void write(String name, byte[] content) throws IOException {
    try (OutputStream out = files.create(new org.apache.hadoop.fs.Path("/" + name))) {
      out.write(content);
    }
  }

  private static byte[] csv(byte[] pixels, byte[] labels) {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < labels.length; i++) {
      table.append(labels[i]);
      for (int at = i * PIXELS; at < (i + 1) * PIXELS; at++) {
        table.append(',').append(pixels[at] & 0xff);
      }
      table.append('\n');
    }
    return table.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String done(String... command) {
    CommandLine run = CommandLine.run(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run.out();
  }

  private static String hash(String data, String... more) {
    String[] command = new String[2 + more.length];
    command[0] = "inspect";
    command[1] = root + data;
    System.arraycopy(more, 0, command, 2, more.length);
    return done(command).replaceFirst("(?s).*hash (\\S+).*", "$1");
  }

  private static void prepare(String from, String to, String format) {
    done("prepare", "--from", root + from, "--to", root + to, "--format", format);
  }

  @Test
  void every_format_is_read_and_written_there() throws IOException {
    String hash = hash("raw");
    assertThat(hash).matches("[0-9a-f]{32}");
    assertThat(hash("gz")).isEqualTo(hash);
    assertThat(hash("parquet")).isEqualTo(hash);
    assertThat(hash("idx")).isEqualTo(hash);
    assertThat(hash("pictures/all")).isEqualTo(hash);
    assertThat(hash("table.csv", "--labels", "1")).isEqualTo(hash);
    assertThat(done("prepare", "--from", root + "raw", "--to", root + "parquet"))
        .contains("holds the same already, 300 examples: nothing done");
    assertThat(files.listStatus(new org.apache.hadoop.fs.Path("/")))
        .extracting(status -> status.getPath().getName())
        .noneMatch(name -> name.startsWith("."));
  }

  @Test
  void a_file_of_several_blocks_is_read_in_several_parts() {
    JavaSparkContext spark = SparkExtension.context();
    DataSource source = DataSources.open(spark, DataLocation.of(root + "raw"));

    assertThat(source.load(spark, 7).glom().map(part -> part.size()).collect())
        .allSatisfy(size -> assertThat(size).isBetween(COUNT / 7, COUNT / 7 + 1))
        .hasSize(7);
  }

  @Test
  void a_model_is_trained_tested_and_used_on_data_there() throws IOException {
    String model = root + "runs/model";

    String trained =
        done("train", "mnist", "--data", root + "parquet", "--steps", "20", "--model-dir", model);
    assertThat(trained)
        .contains("mnist: 300 examples", "saved " + model + "/model.zip", "report in " + model);
    assertThat(files.listStatus(new org.apache.hadoop.fs.Path(model)))
        .extracting(status -> status.getPath().getName())
        .containsExactlyInAnyOrder(
            "checkpoints", "model.json", "model.zip", "plots", "report.html");
    assertThat(done("show", "--model", model + "/model.zip")).contains("7,850 parameters");
    assertThat(done("evaluate", "--model", model, "--data", root + "pictures/all"))
        .containsPattern("\\(\\d+ of 300\\)");
    assertThat(
            done("evaluate", "--model", model, "--data", root + "mnist", "--split", "validation"))
        .containsPattern("\\(\\d+ of 25\\)");
    assertThat(
            done(
                "predict",
                "--model",
                model,
                "--images",
                root + "pictures/all/3",
                "--out",
                root + "predictions"))
        .contains("30 predicted, 0 not readable");
  }

  @Test
  void checkpoints_there_are_gone_on_from_where_there_is_nothing_else_of_the_run() {
    ModelState whole = trained("whole", root + "runs/whole", "40");
    trained("cut", root + "runs/cut", "20");

    ModelState resumed = trained("elsewhere", root + "runs/cut", "40", "--resume");

    assertThat(resumed).isEqualTo(whole);
    assertThat(folder.resolve("elsewhere/checkpoints")).doesNotExist();
  }

  private static ModelState trained(String name, String checkpoints, String steps, String... more) {
    Path model = folder.resolve(name);
    List<String> command =
        new ArrayList<>(
            List.of("train", "mnist", "--data", root + "mnist", "--batch-size=8", "--no-plots"));
    command.addAll(List.of("--checkpoint-every=10", "--steps", steps, "--model-dir", "" + model));
    command.addAll(List.of("--checkpoint-dir", checkpoints));
    command.addAll(List.of(more));
    done(command.toArray(String[]::new));
    return ModelFile.read(model.resolve("model.zip")).state();
  }

  @Test
  void checkpoints_on_a_file_system_that_there_is_not_cost_one_line() {
    CommandLine train =
        CommandLine.run(
            "train",
            "linear",
            "--checkpoint-dir=gopher://a/b",
            "--model-dir=" + folder.resolve("n"));

    assertThat(train.exitCode()).isEqualTo(3);
    assertThat(train.err().lines())
        .containsExactly(
            "lockstep: --checkpoint-dir gopher://a/b: No FileSystem for scheme \"gopher\"");
  }

  @Test
  void a_missing_file_costs_one_line() {
    CommandLine inspect = CommandLine.run("inspect", root + "nothing");

    assertThat(inspect.exitCode()).isEqualTo(3);
    assertThat(inspect.err().lines())
        .containsExactly("lockstep: " + root + "nothing: no such file");
  }
}
