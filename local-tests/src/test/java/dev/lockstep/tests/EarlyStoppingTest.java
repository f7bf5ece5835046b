package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.file.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(PublishedData.MNIST)
class EarlyStoppingTest {
  private static final Pattern STOPPED =
      Pattern.compile("stopped: nothing better in 2 validations; the model of step (\\d+) is kept");

  @TempDir private Path folder;

  @BeforeEach
  void useLocalMaster() {
    System.setProperty("spark.master", "local[2]");
  }

  @Test
  void the_best_model_is_kept_when_validation_gets_no_better() {
    CommandLine train = train(folder);

    assertThat(train.exitCode()).isZero();
    Matcher stopped = STOPPED.matcher(train.out());
    assertThat(stopped.find()).isTrue();
    List<Double> accuracies = new ArrayList<>();
    Matcher validated = Pattern.compile("validation accuracy (\\S+)").matcher(train.out());
    while (validated.find()) {
      accuracies.add(Double.valueOf(validated.group(1)));
    }
    int best = accuracies.size() - 3;
    assertThat(accuracies)
        .allSatisfy(accuracy -> assertThat(accuracy).isLessThan(accuracies.get(best) + 0.0041));
    assertThat(Integer.parseInt(stopped.group(1))).isEqualTo((best + 1) * 100);
    assertThat(ModelFile.read(folder.resolve("model.zip")).state())
        .isEqualTo(ModelFile.read(checkpoint(Integer.parseInt(stopped.group(1)))).state());
  }

  @Test
  void a_resumed_run_stops_where_an_undisturbed_one_does() throws IOException {
    CommandLine undisturbed = train(folder);
    Path other = folder.resolve("other");
    Path checkpoints = Files.createDirectories(other.resolve("checkpoints"));
    Files.copy(checkpoint(200), checkpoints.resolve("step-000000200.zip"));

    CommandLine resumed = train(other, "--resume");

    assertThat(resumed.out()).contains("resuming at step 200");
    assertThat(last(resumed, "stopped: ")).isEqualTo(last(undisturbed, "stopped: "));
    assertThat(ModelFile.read(other.resolve("model.zip")).state())
        .isEqualTo(ModelFile.read(folder.resolve("model.zip")).state());
  }

  @Test
  void wrong_values_are_usage_errors() {
    assertThat(CommandLine.run("train", "mnist", "--patience", "0").err())
        .startsWith("lockstep: --patience must be at least 1, not 0");
    assertThat(CommandLine.run("train", "mnist", "--min-delta", "-1").err())
        .startsWith("lockstep: --min-delta must be at least 0, not -1.0");
  }

  private Path checkpoint(int step) {
    return folder.resolve("checkpoints").resolve("step-%09d.zip".formatted(step));
  }

  private static String last(CommandLine run, String start) {
    return run.out().lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  private static CommandLine train(Path model, String... more) {
    String options =
        "train mnist --no-plots --epochs 50 --workers 2 --averaging-period 25 --validate-every 2"
            + " --patience 2 --min-delta 0.004 --checkpoint-every 100 --keep 1000 --model-dir "
            + model;
    return CommandLine.run(
        Stream.concat(Stream.of(options.split(" ")), Stream.of(more)).toArray(String[]::new));
  }
}
