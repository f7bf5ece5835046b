package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.IdxFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrepareTest {
  private static final String LAUNCHER = Path.of("..", "lockstep").toAbsolutePath().toString();
  private static final int PIXELS = 28 * 28;

  @TempDir private Path folder;

  @BeforeEach
  void useTwoCores() {
    System.setProperty("spark.master", "local[2]");
  }

  private static CommandLine run(List<String> words, List<String> more) {
    return CommandLine.run(Stream.concat(words.stream(), more.stream()).toArray(String[]::new));
  }

  private static CommandLine run(List<String> words) {
    return run(words, List.of());
  }

  @Test
  void training_evaluation_and_prediction_normalise_alike_and_from_any_format() {
    List<String> files = noise(folder.resolve("idx"), 6_000);
    String model = folder.resolve("model").toString();
    String parquet = folder.resolve("parquet").toString();
    String images = folder.resolve("images").toString();
    run(
        List.of("prepare", "--from", files.get(0), "--to", parquet),
        List.of("--split", "0.8/0.2", "stratified"));
    String test = parquet + "/test";
    run(List.of("prepare", "--from", test, "--to", images, "--format", "images"));

    CommandLine train =
        run(
            List.of("train", "mnist", "--data", parquet, "--normalise", "standardise"),
            List.of("--steps", "60", "--no-plots", "--model-dir", model));
    CommandLine evaluate = run(List.of("evaluate", "--model", model, "--data", parquet));
    CommandLine predict =
        run(
            List.of("predict", "--model", model, "--labels-from-folders", "--invert", "no"),
            List.of("--images", images + "/all"));

    String accuracy = train.out().replaceFirst("(?s).*test (accuracy [^\\n]*).*", "$1");
    assertThat(accuracy).matches("accuracy 0\\.[1-9]\\d\\d\\d \\(\\d+ of 1,200\\)");
    assertThat(evaluate.out()).startsWith(accuracy + "\n");
    assertThat(predict.out()).contains(accuracy + "\n");
    String matrix = evaluate.out().substring(evaluate.out().indexOf("actual"));
    assertThat(predict.out()).contains(matrix);
  }

  @Test
  void a_table_of_texts_and_gaps_keeps_its_recipe_classes_and_weights() throws IOException {
    Path csv = folder.resolve("passengers.csv");
    Passengers.write(csv, 300, 3);
    String prepared = folder.resolve("prepared").toString();
    String model = folder.resolve("model").toString();
    CommandLine made =
        run(
            List.of("prepare", "--from", csv.toString(), "--to", prepared, "--labels", "survived"),
            List.of(
                "--ignore-columns", "passenger", "--weight-column", "fare", "--split", "0.8/0.2"));
    assertThat(made.exitCode()).as(made.err()).isZero();

    CommandLine trained =
        run(
            List.of("train", "custom", "--network", "dense:8", "--data", prepared, "--epochs", "5"),
            List.of(
                "--validation", // where another column is called class
                csv.toString(),
                "--normalise",
                "standardise",
                "--no-plots",
                "--no-report",
                "--model-dir",
                model));
    CommandLine predicted =
        run(List.of("predict", "--model", model, "--data", csv.toString(), "--labels", "survived"));
    CommandLine evaluated =
        run(
            List.of(
                "evaluate", "--model", model, "--data", csv.toString(), "--labels", "survived"));

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("rows count by their weights", "validation accuracy 0.");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predicted.out()).contains("300 rows predicted, 0 not usable");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    String accuracy =
        evaluated.out().lines().filter(line -> line.startsWith("accuracy 0")).findFirst().get();
    assertThat(predicted.out()).contains(accuracy).contains("yes");
  }

  /** A folder with pictures of noise that hint at their class, and labels. */
  private static List<String> noise(Path to, int count) {
    try {
      Files.createDirectories(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Random random = new Random(8);
    byte[] pixels = new byte[count * PIXELS];
    byte[] labels = new byte[count];
    random.nextBytes(pixels);
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(10);
      for (int at = 0; at < 14; at++) {
        pixels[i * PIXELS + labels[i] * 78 + at] = (byte) (150 + random.nextInt(106));
      }
    }
    IdxFiles.write(to.resolve("a-images-idx3-ubyte"), IdxFiles.bytes(pixels, count, 28, 28));
    IdxFiles.write(to.resolve("a-labels-idx1-ubyte"), IdxFiles.bytes(labels, count));
    return List.of(to.toString());
  }

  @Test
  void preparing_twice_does_nothing_and_says_so() {
    String from = noise(folder.resolve("idx"), 100).get(0);
    String to = folder.resolve("out").toString();
    List<String> command = List.of("prepare", "--from", from, "--to", to);

    CommandLine first = run(command);
    CommandLine again = run(command);
    CommandLine other = run(command, List.of("--shuffle"));

    assertThat(first.out().lines().toList().get(1)).isEqualTo("prepared in " + to);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out().lines())
        .containsExactly(to + " holds the same already, 100 examples: nothing done");
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err().lines())
        .containsExactly(
            "lockstep: %s: was prepared with shuffle no, not seed 1: give another folder, or remove this one"
                .formatted(to));
  }

  @Test
  void an_altered_data_set_is_noticed_when_it_is_looked_at() throws IOException {
    String from = noise(folder.resolve("idx"), 100).get(0);
    Path to = folder.resolve("out");
    run(List.of("prepare", "--from", from, "--to", to.toString(), "--format", "idx"));
    Path labels = to.resolve("all/part-00000-labels-idx1-ubyte");
    byte[] content = Files.readAllBytes(labels);
    content[50] = (byte) (content[50] == 1 ? 2 : 1);
    Files.write(labels, content);

    CommandLine inspect = run(List.of("inspect", to.toString()));

    assertThat(inspect.exitCode()).isEqualTo(3);
    assertThat(inspect.err())
        .matches(
            "lockstep: %s: part all was altered: expected hash \\w{32}, as manifest.json says, found \\w{32}\\R"
                .formatted(to));
  }

  @Tag("slow")
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_killed_job_leaves_nothing_that_looks_finished_and_the_next_one_tidies_up()
      throws Exception {
    String from = noise(folder.resolve("idx"), 6_000).get(0);
    Path out = Files.createDirectories(folder.resolve("prepared")).resolve("out");
    List<String> command =
        List.of(
            LAUNCHER,
            "--master",
            "local[2]",
            "prepare",
            "--from",
            from,
            "--to",
            out.toString(),
            "--format",
            "images");
    Process killed = new ProcessBuilder(command).start();
    while (pictures(out.getParent()) < 100) {
      assertThat(killed.isAlive()).as("it ended before it could be killed").isTrue();
      Pause.brief();
    }
    killed.destroyForcibly().waitFor();

    assertThat(out).doesNotExist();
    assertThat(names(out.getParent())).singleElement().asString().startsWith(".out.preparing-");
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    assertThat(names(out.getParent())).containsExactly("out");
    assertThat(out.resolve("manifest.json")).content().contains("\"examples\" : 6000");
    assertThat(pictures(out)).isEqualTo(6_000);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static int pictures(Path folder) {
    return Folder.files(folder, name -> name.endsWith(".png")).size();
  }
}
