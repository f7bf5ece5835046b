package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.CheckpointStore;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.strategy.TrainingLength.Steps;
import dev.lockstep.tests.Runs.Checkpoints;
import dev.lockstep.train.Checkpoint;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Needs(PublishedData.MNIST)
@ExtendWith(SparkExtension.class)
class ResumeTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "SGD, RUN_ON, true",
    "ADAM, RUN_ON, true",
    "NESTEROVS, RUN_ON, false",
    "ADAM, REMAINDER, false",
    "SGD, REMAINDER, true"
  })
  void a_run_stopped_at_any_checkpoint_ends_as_if_it_had_not(
      Optimizer optimizer, EpochEnd epochEnd, boolean bySteps, JavaSparkContext spark) {
    DataSource data = RealMnist.files().train().range(5000, 5700);
    TrainingLength length = bySteps ? new Steps(131) : new Epochs(4);
    Runs run = new Runs(3, 20, 4, epochEnd, Ordering.SHUFFLED, length, 11);
    ModelState undisturbed = run.averaged(spark, data, network(optimizer)).state();

    List<Long> stops = new ArrayList<>();
    for (int stop = 1; stop <= 4; stop++) {
      Checkpoints checkpoints =
          new Checkpoints(new CheckpointStore(folder.resolve("c" + stop), 2), 30);
      StopAt listener = new StopAt(stop);
      assertThatThrownBy(
              () ->
                  run.averaged(
                      spark,
                      data,
                      network(optimizer),
                      Optional.of(checkpoints),
                      r -> r.execute(Runs.start(network(optimizer))),
                      listener))
          .isInstanceOf(Stopped.class);
      Checkpoint.Restored restored =
          Checkpoint.latest(checkpoints.store(), warning -> {}).orElseThrow();
      stops.add(restored.checkpoint().steps());

      ModelState resumed =
          run.averaged(
                  spark,
                  data,
                  network(optimizer),
                  Optional.of(checkpoints),
                  r -> r.resume(restored),
                  Runs.NONE)
              .state();

      assertThat(resumed)
          .as("resumed at step " + restored.checkpoint().steps())
          .isEqualTo(undisturbed);
    }
    assertThat(stops).doesNotHaveDuplicates().isSorted();
  }

  private static MultiLayerNetwork network(Optimizer optimizer) {
    return TutorialNetworks.softmax(784, 10, optimizer.updater(0.001), 5);
  }

  private static final class Stopped extends RuntimeException {}

  private static final class StopAt implements RunListener {
    private int left;

    StopAt(int checkpoints) {
      left = checkpoints;
    }

    @Override
    public void checkpoint(RoundReport report, ModelState state, String file) {
      if (--left == 0) {
        throw new Stopped();
      }
    }
  }
}
