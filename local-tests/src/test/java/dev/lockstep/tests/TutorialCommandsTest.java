package dev.lockstep.tests;

import static dev.lockstep.tests.CommandLine.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.file.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tutorials show, through the command line. */
class TutorialCommandsTest {
  @TempDir private Path folder;
  private String model;

  @BeforeEach
  void nameModelDirectory() {
    model = folder.resolve("model").toString();
    System.setProperty("spark.master", "local[2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "8", "32"})
  void seventeen_points_train_on_any_number_of_workers(String workers) {
    // With one point a worker, more than a few steps on it alone would diverge.
    String period = Integer.parseInt(workers) > 8 ? "1" : "50";
    CommandLine train =
        train("linear", "--workers", workers, "--epochs", "200", "--averaging-period", period);

    assertThat(train.exitCode()).isZero();
    assertThat(train.err()).isEmpty();
    assertThat(train.out())
        .contains("step 850/3,400  epoch 50  ", "step 3,400/3,400  epoch 200  ")
        .contains("trained 3,400 examples in ");
    double loss = lastLoss(train);
    assertThat(loss).isBetween(0.0668, 0.3);
  }

  @Test
  void one_worker_shows_the_figures_of_tensorflow_and_its_line_can_be_shown_again() {
    CommandLine train = train("linear", "--workers", "1", "--averaging-period", "17");

    // The end of golden/linear/gd.csv, which any start reaches.
    assertThat(train.out()).contains("step 17,000/17,000  epoch 1000  ");
    assertThat(lastLoss(train)).isBetween(0.06743, 0.06745);

    CommandLine show = CommandLine.run("show", "--model", model);

    assertThat(show.exitCode()).isZero();
    assertThat(show.out())
        .containsPattern("0 +OutputLayer identity +W +\\[1, 1] +1 +0\\.96448")
        .containsPattern(" b +\\[1] +1 +0\\.2285")
        .contains("2 parameters, 17,000 updates");
  }

  @Test
  void nothing_saved_is_said_as_such() {
    CommandLine show = CommandLine.run("show", "--model", model);

    assertThat(show.exitCode()).isEqualTo(3);
    assertThat(show.err())
        .isEqualToIgnoringNewLines(
            "lockstep: no model saved in %s: run lockstep train … first, or name a model zip"
                .formatted(model));
  }

  @Test
  void relu_with_too_high_a_learning_rate_diverges_and_leaves_the_last_good_checkpoint()
      throws IOException {
    CommandLine bad =
        train(
            "nonlinear",
            "--activation",
            "relu",
            "--output-activation",
            "identity",
            "--learning-rate",
            "2",
            "--averaging-period",
            "1",
            "--checkpoint-every",
            "1",
            "--steps",
            "500");

    assertThat(bad.exitCode()).isEqualTo(4);
    assertThat(bad.err())
        .matches(
            "lockstep: training diverged: the loss is not finite at step \\d+ \\(last finite loss:"
                + " \\d\\S+\\); try a smaller --learning-rate, or --optimizer adam\\R");
    Path checkpoints = Path.of(model, "checkpoints");
    String latest = Files.readString(checkpoints.resolve("latest")).strip();
    assertThat(ModelFile.read(checkpoints.resolve(latest)).state().isFinite()).isTrue();
  }

  @Test
  void resuming_without_or_with_another_checkpoint_is_explained() {
    CommandLine none = train("linear", "--resume");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err())
        .isEqualToIgnoringNewLines(
            "lockstep: no checkpoint in %s to resume from: start anew without --resume"
                .formatted(model + "/checkpoints"));

    train("linear", "--epochs", "20", "--checkpoint-every", "10");
    CommandLine other = train("linear", "--epochs", "20", "--seed", "9", "--resume");
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err())
        .isEqualToIgnoringNewLines(
            "lockstep: cannot resume: the checkpoint was made with seed 1, not 9: give the same"
                + " options, or start anew without --resume");
  }

  @Test
  void rates_that_change_and_an_outer_optimizer_go_on_where_a_run_was_resumed() {
    String[] options = {
      "--learning-rate-schedule", "step:50:0.5", "--warmup", "30", "--preset", "diloco",
      "--weights-average", "ema:0.99", "--gradient-clipping", "norm:5", "--accumulate", "2",
    };
    train("nonlinear", with(options, "--steps", "400", "--checkpoint-every", "200"));
    CommandLine without = train("nonlinear", "--steps", "800", "--resume", "--preset", "diloco");
    assertThat(without.err())
        .isEqualToIgnoringNewLines(
            "lockstep: cannot resume: the checkpoint was made with learningRates step:50.0:0.5,"
                + " warmup 30.0: give the same options, or start anew without --resume");
    CommandLine longer = train("nonlinear", with(options, "--steps", "800", "--resume"));
    assertThat(longer.out())
        .contains("outer nesterov 0.7, momentum 0.9", "sgd 0.1 step:50.0:0.5, warmup 30.0");
    String other = folder.resolve("other").toString();

    CommandLine.run(
        with(new String[] {"train", "nonlinear", "--steps", "800", "--model-dir", other}, options));

    assertThat(ModelFile.read(Path.of(model, "model.zip")).state())
        .isEqualTo(ModelFile.read(Path.of(other, "model.zip")).state());
  }

  @Test
  void local_sgd_shares_one_minibatch_among_workers_and_averages_rarely() {
    String[] preset = {
      "--workers", "8", "--preset", "local-sgd", "--optimizer", "adam",
    };
    train("nonlinear", with(preset, "--steps", "1600", "--checkpoint-every", "800"));
    CommandLine longer = train("nonlinear", with(preset, "--steps", "3200", "--resume"));
    assertThat(longer.out())
        .contains(
            "8 workers, minibatch 25, averaging period 100, outer nesterov 0.7, momentum 0.9, adam 0.01",
            "resuming at");
    String other = folder.resolve("other").toString();
    CommandLine.run(
        with(new String[] {"train", "nonlinear", "--steps", "3200", "--model-dir", other}, preset));
    assertThat(ModelFile.read(Path.of(model, "model.zip")).state())
        .isEqualTo(ModelFile.read(Path.of(other, "model.zip")).state());

    CommandLine said =
        train(
            "nonlinear",
            with(preset, "--steps", "80", "--averaging-period", "7", "--batch-size", "16"));
    assertThat(said.exitCode()).isZero();
    assertThat(said.out()).contains("8 workers, minibatch 4, averaging period 7, outer nesterov");
  }

  @Test
  void a_finished_run_can_be_made_longer_and_equals_one_that_was_long_from_the_start() {
    train("nonlinear", "--steps", "400", "--checkpoint-every", "200");
    CommandLine longer = train("nonlinear", "--steps", "800", "--resume");
    assertThat(longer.exitCode()).isZero();
    assertThat(longer.out()).contains("resuming at step 400");
    String other = folder.resolve("other").toString();

    CommandLine.run("train", "nonlinear", "--steps", "800", "--model-dir", other);

    assertThat(ModelFile.read(Path.of(model, "model.zip")).state())
        .isEqualTo(ModelFile.read(Path.of(other, "model.zip")).state());
  }

  @Test
  void a_damaged_checkpoint_is_passed_over_with_one_warning() throws IOException {
    train("linear", "--epochs", "30", "--checkpoint-every", "10");
    Path checkpoints = Path.of(model, "checkpoints");
    Path newest = checkpoints.resolve(Files.readString(checkpoints.resolve("latest")).strip());
    byte[] whole = Files.readAllBytes(newest);
    whole[whole.length / 2] ^= 1;
    Files.write(newest, whole);

    CommandLine resumed = train("linear", "--epochs", "30", "--resume");

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.err().lines())
        .singleElement()
        .asString()
        .startsWith("lockstep: " + newest + ": ")
        .endsWith("; using the checkpoint before it");
    assertThat(resumed.out()).contains("resuming at step 378");
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "nonlinear", "mnist"})
  @Needs(PublishedData.MNIST)
  void pictures_are_drawn_as_png_and_svg(String tutorial) throws Exception {
    CommandLine train = CommandLine.run("train", tutorial, "--steps", "400", "--model-dir", model);

    assertThat(train.exitCode()).isZero();
    Path plots = Path.of(model, "plots");
    String[] names =
        tutorial.equals("mnist")
            ? new String[] {"loss", "accuracy", "confusion", "mistakes"}
            : new String[] {"loss", "fit"};
    for (String name : names) {
      assertThat(ImageIO.read(plots.resolve(name + ".png").toFile()).getWidth())
          .as(name)
          .isGreaterThan(500);
      var svg = DocumentBuilderFactory.newInstance();
      svg.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      assertThat(
              svg.newDocumentBuilder()
                  .parse(plots.resolve(name + ".svg").toFile())
                  .getDocumentElement()
                  .getTagName())
          .isEqualTo("svg");
    }
  }

  @Test
  @Needs(PublishedData.MNIST)
  void many_workers_are_told_what_they_cost_before_anything_else() {
    CommandLine run =
        CommandLine.run(
            "train",
            "custom",
            "--network",
            "softmax",
            "--data",
            "mnist",
            "--workers",
            "32",
            "--steps",
            "64",
            "--no-plots",
            "--model-dir",
            folder.resolve("many").toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("32 workers train at the network's own learning rate, which fits one:");
  }

  @Test
  void comparing_prints_one_line_a_kind_and_draws_all_curves() {
    CommandLine compare = compare("--activations", "tanh,sigmoid", "--seeds", "3", "--quiet");

    assertThat(compare.exitCode()).isZero();
    assertThat(compare.out().lines().map(line -> line.split(" {2,}")[0]))
        .startsWith("", "tanh sgd", "sigmoid sgd", "tanh adam", "sigmoid adam");
    assertThat(folder.resolve("c/losses.png")).isNotEmptyFile();
    assertThat(folder.resolve("c/losses.svg")).isNotEmptyFile();
  }

  @Test
  void comparing_more_trains_what_was_not_trained_before_and_tells_of_all() {
    CommandLine first = compare("--seeds", "1");
    CommandLine more = compare("--seeds", "2");
    CommandLine again = compare("--seeds", "2");

    assertThat(first.out()).contains("1/2  nonlinear  tanh ", "2/2  nonlinear  tanh ");
    assertThat(more.out())
        .contains("4/4  nonlinear  tanh ", "  seed 2  loss ")
        .doesNotContain("seed 1  loss");
    assertThat(again.out().lines()).noneMatch(line -> line.contains("/4  "));
    assertThat(tables(again)).isEqualTo(tables(more));
    Dataset<Row> results =
        Frames.session(SparkExtension.context())
            .read()
            .parquet(folder.resolve("c/results.parquet").toString());
    assertThat(results.columns())
        .containsExactly(
            "kind",
            "activation",
            "optimizer",
            "outputActivation",
            "seed",
            "steps",
            "losses",
            "loss",
            "diverged",
            "seconds");
    assertThat(results.where("kind = 'tanh adam' and losses[0] > loss").count()).isEqualTo(2);
  }

  private CommandLine compare(String... options) {
    String out = folder.resolve("c").toString();
    String[] compare = {"compare", "nonlinear", "--steps", "300", "--out", out};
    return CommandLine.run(with(compare, options));
  }

  private static List<String> tables(CommandLine compare) {
    return compare.out().lines().filter(line -> line.startsWith("tanh ")).toList();
  }

  private CommandLine train(String tutorial, String... options) {
    String[] args = new String[options.length + 5];
    args[0] = "train";
    args[1] = tutorial;
    System.arraycopy(options, 0, args, 2, options.length);
    args[args.length - 3] = "--no-plots";
    args[args.length - 2] = "--model-dir";
    args[args.length - 1] = model;
    return CommandLine.run(args);
  }

  private static double lastLoss(CommandLine train) {
    return train
        .out()
        .lines()
        .filter(line -> line.startsWith("step "))
        .reduce((first, last) -> last)
        .map(line -> Double.parseDouble(line.replaceAll(".* loss (\\S+) .*", "$1")))
        .orElseThrow();
  }
}
