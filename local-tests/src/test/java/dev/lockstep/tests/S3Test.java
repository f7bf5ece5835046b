package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Data, models, checkpoints and predictions in S3, by Hadoop's own client for it. */
@Tag("slow")
@EnabledIfEnvironmentVariable(
    named = "LOCKSTEP_SPARK",
    matches = "3\\.5",
    disabledReason = "S3 is tested with the hadoop-aws of Spark 3.5's Hadoop")
class S3Test {
  private static final String BUCKET = "lockstep";
  private static final String ROOT = "s3a://" + BUCKET + "/";
  private static final String SETTING = "spark.hadoop.fs.s3a.";
  private static final int PART = 5 << 20;

  @TempDir private static Path folder;

  private static S3Server server;
  private static Map<String, String> settings;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty("spark.master", "local[2]");
    server = new S3Server(Files.createDirectories(folder.resolve("objects")), BUCKET);
    settings =
        Map.of(
            // In the conditions of copies S3Mock does not know the tags that it has given itself.
            "change.detection.mode", "client",
            "endpoint", server.endpoint(),
            "path.style.access", "true",
            "connection.ssl.enabled", "false",
            "aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
            "access.key", "somebody",
            "secret.key", "secret",
            "multipart.size", String.valueOf(PART),
            "buffer.dir", folder.resolve("buffer").toString());
    SmallMnist.write(folder.resolve("mnist"), 300);
    SmallMnist.write(folder.resolve("few"), 50);
  }

  @AfterEach
  void clearSettings() {
    SparkExtension.stop();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(SETTING))
        .forEach(System::clearProperty);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CommandLine run(String... command) {
    settings.forEach((name, value) -> System.getProperties().putIfAbsent(SETTING + name, value));
    return CommandLine.run(command);
  }

  private static String done(String... command) {
    CommandLine run = run(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run.out();
  }

  /** The client, with the settings of commands. */
  private static FileSystem client() throws IOException {
    Configuration hadoop = new Configuration();
    settings.forEach((name, value) -> hadoop.set("fs.s3a." + name, value));
    return FileSystem.newInstance(path("").toUri(), hadoop);
  }

  private static org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(ROOT + name);
  }

  private static byte[] content(FileSystem files, String name) throws IOException {
    try (InputStream in = files.open(path(name))) {
      return in.readAllBytes();
    }
  }

  @Test
  void all_of_a_run_may_be_there_and_it_ends_with_the_bits_of_one_on_local_files()
      throws IOException {
    String images = folder.resolve("mnist/train-images-idx3-ubyte").toString();
    Path data = folder.resolve("prepared");
    done("prepare", "--from", images, "--to", data.toString());
    done(train(data.toString(), folder.resolve("whole").toString(), "40"));
    ModelState whole = ModelFile.read(folder.resolve("whole/model.zip")).state();

    assertThat(done("prepare", "--from", images, "--to", ROOT + "prepared"))
        .contains(ROOT + "prepared");
    assertThat(done("prepare", "--from", images, "--to", ROOT + "prepared"))
        .contains("holds the same already, 300 examples: nothing done");
    assertThat(done(train(ROOT + "prepared", ROOT + "run", "20")))
        .contains("saved " + ROOT + "run/model.zip");
    assertThat(done(train(ROOT + "prepared", ROOT + "run", "40", "--resume")))
        .contains("saved " + ROOT + "run/model.zip");

    try (FileSystem files = client()) {
      assertThat(ModelFile.of(Path.of("model.zip"), content(files, "run/model.zip")).state())
          .isEqualTo(whole);
      assertThat(files.listStatus(path("prepared")))
          .extracting(status -> status.getPath().getName())
          .as("nothing says that it is not finished")
          .containsExactlyInAnyOrder("all", "manifest.json");
    }
  }

  private static String[] train(String data, String model, String steps, String... more) {
    List<String> command = new ArrayList<>(List.of("train", "mnist", "--batch-size=8"));
    command.addAll(List.of("--data", data, "--steps", steps, "--checkpoint-every=10"));
    command.addAll(List.of("--no-plots", "--model-dir", model));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  @Test
  void pictures_there_are_predicted_by_a_model_there_as_local_ones_are() throws IOException {
    String images = folder.resolve("few/train-images-idx3-ubyte").toString();
    String model = ROOT + "model";
    String local = folder.resolve("pictures").toString();
    for (String to : List.of(local, ROOT + "pictures")) {
      done("prepare", "--from", images, "--to", to, "--format", "images");
    }
    done(train(folder.resolve("mnist").toString(), model, "10"));

    String evaluated = done("evaluate", "--model", model, "--data", ROOT + "pictures/all");
    assertThat(evaluated)
        .contains("of 50)")
        .isEqualTo(done("evaluate", "--model", model, "--data", local + "/all"));
    String pictures = ROOT + "pictures/all/3";
    String predicted =
        done(
            "predict",
            "--model=" + model,
            "--images=" + pictures,
            "--out=" + ROOT + "out",
            "--format=csv");
    assertThat(predicted).contains("5 predicted, 0 not readable");
    try (FileSystem files = client()) {
      List<String> rows = new ArrayList<>();
      for (FileStatus part : files.listStatus(path("out/predictions"))) {
        String name = "out/predictions/" + part.getPath().getName();
        new String(content(files, name), StandardCharsets.UTF_8).lines().skip(1).forEach(rows::add);
      }
      assertThat(rows).hasSize(5).allMatch(row -> row.contains(pictures));
      assertThat(files.listStatus(path("out")))
          .extracting(status -> status.getPath().getName())
          .contains("manifest.json", "predictions");
    }
  }

  @Test
  void what_is_being_written_is_not_seen_before_it_is_closed() throws IOException {
    byte[] before = "before".getBytes();
    byte[] after = new byte[PART + 1000];
    Arrays.fill(after, (byte) 7);
    try (FileSystem files = client()) {
      FSDataOutputStream cut = files.create(path("cut"), true);
      cut.write(after);
      assertThat(files.exists(path("cut"))).as("a part is there").isFalse();
      ((Abortable) cut).abort();
      cut.close();
      assertThat(files.exists(path("cut"))).as("the writer gave up").isFalse();

      put(files, before);
      FSDataOutputStream whole = files.create(path("file"), true);
      whole.write(after);
      assertThat(content(files, "file")).as("a part is there").isEqualTo(before);
      whole.close();
      assertThat(content(files, "file")).isEqualTo(after);
    }
  }

  private static void put(FileSystem files, byte[] content) throws IOException {
    try (FSDataOutputStream out = files.create(path("file"), true)) {
      out.write(content);
    }
  }

  @Test
  void a_bucket_that_there_is_not_costs_one_line() {
    String line = "there is no such bucket: make it, or name another";
    assertRefused("lockstep: s3a://nowhere/data: " + line, "inspect", "s3a://nowhere/data");
    assertRefused(
        "lockstep: --model-dir s3a://nowhere/run: " + line,
        train(folder.resolve("mnist").toString(), "s3a://nowhere/run", "10"));
  }

  @Test
  void without_credentials_one_line_says_how_to_give_some() {
    System.setProperty(SETTING + "access.key", "");
    System.setProperty(SETTING + "secret.key", "");

    assertRefused(
        "lockstep: s3a://unnamed/data: no credentials: set AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY, or with --spark-conf spark.hadoop.fs.s3a.access.key and"
            + " spark.hadoop.fs.s3a.secret.key",
        "inspect",
        "s3a://unnamed/data");
  }

  @Test
  void wrong_credentials_cost_one_line() throws IOException {
    HttpServer strict = HttpServer.create(loopback(0), 0);
    byte[] refusal =
        "<Error><Code>InvalidAccessKeyId</Code><Message>No such key</Message></Error>".getBytes();
    strict.createContext(
        "/",
        exchange -> {
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(403, head ? -1 : refusal.length);
          if (!head) {
            exchange.getResponseBody().write(refusal);
          }
          exchange.close();
        });
    strict.start();
    try {
      System.setProperty(SETTING + "endpoint", "http://127.0.0.1:" + strict.getAddress().getPort());

      assertRefused(
          "lockstep: s3a://strict/data: permission denied: look at the credentials",
          "inspect",
          "s3a://strict/data");
    } finally {
      strict.stop(0);
    }
  }

  @Test
  void a_store_that_does_not_answer_costs_one_line_in_seconds() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    System.setProperty(SETTING + "endpoint", "http://127.0.0.1:" + port);

    CommandLine inspect = run("inspect", "s3a://silent/data");

    assertThat(inspect.exitCode()).isEqualTo(3);
    assertThat(inspect.err())
        .startsWith("lockstep: s3a://silent/data: no answer: Connect to 127.0.0.1:" + port)
        .contains(
            "refused: see that there is a network, and what spark.hadoop.fs.s3a.endpoint says")
        .hasLineCount(1);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static void assertRefused(String line, String... command) {
    CommandLine run = run(command);
    assertThat(run.err().lines()).containsExactly(line);
    assertThat(run.exitCode()).isEqualTo(3);
  }
}
