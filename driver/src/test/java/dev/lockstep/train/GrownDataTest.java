package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.Example;
import dev.lockstep.data.Points;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.ParameterAveraging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run whose data has grown goes on from its checkpoint, each example once an epoch. */
@ExtendWith(SparkExtension.class)
class GrownDataTest {
  private static final int BEFORE = 83;
  private static final int NOW = 131;

  @TempDir private Path root;

  private static Points data(int size) {
    return new Points(
        Schema.classification(List.of(4), Schema.FeatureType.FLOAT32, Schema.numbered(3)),
        IntStream.range(0, size).mapToObj(GrownDataTest::example).toList());
  }

  private static Example example(long id) {
    float[] features = new float[4];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) Math.sin(id * (i + 1));
    }
    return Example.point(id, features, id % 3);
  }

  private static Training training(JavaSparkContext spark, EpochEnd end, int size, Path folder) {
    return Training.of(spark, TutorialNetworks.softmax(4, 3, Optimizer.ADAM.updater(0.01), 5))
        .data(data(size))
        .workers(3)
        .minibatch(5)
        .epochEnd(end)
        .strategy(ParameterAveraging.every(2))
        .checkpointEvery(Cadence.steps(6))
        .checkpoints(folder);
  }

  private static Checkpoint newest(Path folder) {
    return Checkpoint.latest(new CheckpointStore(CheckpointFolder.of(folder), 3, Map.of()), w -> {})
        .orElseThrow()
        .checkpoint();
  }

  @ParameterizedTest
  @EnumSource
  void a_run_goes_on_with_all_data_from_the_beginning_of_its_epoch(
      EpochEnd end, JavaSparkContext spark) throws IOException {
    Path first = root.resolve("first");
    training(spark, end, BEFORE, first).epochs(2).run();
    Checkpoint from = newest(first);
    Path other = copied(first, "other");
    List<String> notices = new ArrayList<>();

    TrainedModel whole =
        training(spark, end, NOW, first).epochs(5).resume().notices(notices::add).run();

    assertThat(notices)
        .contains(
            "the data had 83 examples, and now has 131: goes on from step %d with all of them, from the beginning of epoch %d"
                .formatted(from.steps(), from.epoch() + 1));
    assertThat(whole.result().examples())
        .as("each example once an epoch, which the ledger has checked")
        .isEqualTo((5L - from.epoch()) * NOW);
    assertThat(whole.result().epochs()).isEqualTo(5);
    assertThat(newest(first).steps()).isGreaterThan(from.steps());

    training(spark, end, NOW, other).epochs(4).resume().run();
    assertThat(newest(other).config()).containsEntry("epochsBefore", from.epoch());
    ModelState inTwoParts = training(spark, end, NOW, other).epochs(5).resume().run().state();
    assertThat(inTwoParts).as("resumed once more").isEqualTo(whole.state());
  }

  @Test
  void steps_go_on_to_as_many_as_were_asked_for(JavaSparkContext spark) {
    Path folder = root.resolve("steps");
    training(spark, EpochEnd.RUN_ON, BEFORE, folder).steps(31).run();
    long before = newest(folder).steps();

    RunResult result =
        training(spark, EpochEnd.RUN_ON, NOW, folder).steps(77).resume().run().result();

    assertThat(result.steps()).isEqualTo(77);
    assertThat(result.examples()).isEqualTo((77 - before) * 5);
  }

  @Test
  void where_all_epochs_are_trained_that_is_said(JavaSparkContext spark) {
    Path folder = root.resolve("all");
    training(spark, EpochEnd.REMAINDER, BEFORE, folder).epochs(2).run();
    assertThatThrownBy(
            () -> training(spark, EpochEnd.REMAINDER, NOW, folder).epochs(2).resume().run())
        .isInstanceOf(CannotResume.class)
        .hasMessage(
            "cannot resume: all 2 epochs had been trained before the data grew: train more epochs,"
                + " or start anew");
  }

  private Path copied(Path folder, String name) throws IOException {
    Path to = Files.createDirectories(root.resolve(name));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }
}
