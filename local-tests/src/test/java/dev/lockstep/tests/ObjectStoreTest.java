package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.ObjectStore;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.models.file.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models, checkpoints, reports and predictions in an object store, whose renames are copies: what
 * ends in the middle of any write or copy is done again, to the same bytes.
 */
@Tag("slow")
class ObjectStoreTest {
  private static final long PLENTY = 1L << 40;
  private static final int CUTS = 3;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty("spark.master", "local[2]");
    SmallMnist.write(folder.resolve("mnist"), 300);
    prepare("file:", "pictures");
  }

  @AfterEach
  void restart() {
    ObjectStore.restart();
    SparkExtension.stop();
  }

  private static void prepare(String scheme, String to) {
    String from = folder.resolve("mnist/train-images-idx3-ubyte").toString();
    done("prepare", "--from", from, "--to", scheme + folder.resolve(to), "--format", "images");
  }

  @Test
  void a_run_that_ends_anywhere_is_resumed_to_the_same_bytes() throws IOException {
    ObjectStore.endAfter(PLENTY);
    done(train("whole"));
    long written = PLENTY - ObjectStore.restart();
    ModelState whole = state("whole");
    assertThat(folder.resolve("whole")).isDirectoryContaining("glob:**/report.html");
    assertThat(done("evaluate", "--model", store("whole"), "--data", "" + folder.resolve("mnist")))
        .contains("of 300)");

    for (int cut = 1; cut <= CUTS; cut++) {
      String name = "cut-" + cut;
      ObjectStore.endAfter(written * cut / (CUTS + 1));
      CommandLine ended = CommandLine.run(train(name));
      assertThat(ended.exitCode()).isEqualTo(3);
      assertThat(ended.err().lines()).as("cut %d", cut).hasSizeLessThanOrEqualTo(2);
      assertThat(ObjectStore.restart()).as("bytes left").isNegative();

      boolean begun =
          new CheckpointStore(folder.resolve(name).resolve("checkpoints"), 1)
              .latest(Assertions::fail)
              .isPresent();
      done(begun ? train(name, "--resume") : train(name));
      assertThat(state(name)).as("cut %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void predictions_that_end_anywhere_are_gone_on_with_to_the_same_files() {
    done(train("model"));
    ObjectStore.endAfter(PLENTY);
    done(predict("predicted"));
    long written = PLENTY - ObjectStore.restart();
    Map<String, String> whole = Folder.hashes(folder.resolve("predicted/predictions"));
    assertThat(whole).isNotEmpty();

    for (int cut = 1; cut <= CUTS; cut++) {
      String name = "predicted-" + cut;
      ObjectStore.endAfter(written * cut / (CUTS + 1));
      CommandLine ended = CommandLine.run(predict(name));
      assertThat(ended.exitCode()).as(ended.err()).isNotZero();
      assertThat(ObjectStore.restart()).as("bytes left").isNegative();

      assertThat(done(predict(name))).contains("300 predicted, 0 not readable");
      assertThat(Folder.hashes(folder.resolve(name).resolve("predictions"))).isEqualTo(whole);
    }
  }

  private static String[] predict(String out) {
    String pictures = folder.resolve("pictures/all").toString();
    return new String[] {
      "predict", "--model", store("model"), "--images", pictures, "--out", store(out)
    };
  }

  private static String[] train(String name, String... more) {
    List<String> command = new ArrayList<>(List.of("train", "mnist", "--batch-size=8"));
    command.addAll(List.of("--data", folder.resolve("mnist").toString(), "--steps", "40"));
    command.addAll(List.of("--checkpoint-every=10", "--no-plots", "--model-dir", store(name)));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  private static String store(String name) {
    return "store:" + folder.resolve(name);
  }

  private static ModelState state(String name) {
    return ModelFile.read(folder.resolve(name).resolve("model.zip")).state();
  }

  private static String done(String... command) {
    CommandLine run = CommandLine.run(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run.out();
  }
}
