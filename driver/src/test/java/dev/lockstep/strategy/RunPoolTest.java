package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Schema;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPoolTest {
  private static final ExampleBlock BLOCK =
      ExampleBlock.of(
          Schema.classification(List.of(2), Schema.FeatureType.FLOAT32, Schema.numbered(2)),
          IntStream.range(0, 20)
              .mapToObj(id -> Example.point(id, new float[] {id, 1}, id % 2))
              .iterator());

  private static TrainingJob job() {
    NetworkDefinition network =
        NetworkDefinition.of(TutorialNetworks.softmax(2, 2, Optimizer.SGD.updater(0.1), 1));
    return TrainingJob.of(
        LocalTrainers.factory(network, LocalStep.AUTO, 2, 2),
        new Schedule(new int[] {20}, 4, EpochEnd.RUN_ON, new TrainingLength.Epochs(1)),
        Ordering.SHUFFLED,
        1);
  }

  @Test
  void a_worker_keeps_its_order_of_examples_from_one_spark_job_to_the_next() {
    TrainingJob job = job();

    Worker first = RunPool.worker(job, 0, BLOCK);
    RunPool.giveBack(job, first);
    Worker next = RunPool.worker(job, 0, BLOCK);

    assertThat(next).isSameAs(first);
    RunPool.forget(job.id());
  }

  @Test
  void the_state_that_a_stage_ended_with_is_kept_for_the_next_stage_only() {
    TrainingJob job = job();
    ModelState state = new ModelState(new float[] {1}, new float[0], 1);

    assertThat(RunPool.kept(job, "none")).isEmpty();
    RunPool.keep(job, "first", state);
    assertThat(RunPool.kept(job, "first")).containsSame(state);
    assertThat(RunPool.kept(job, "another")).isEmpty();
    assertThat(RunPool.kept(job, "first")).as("kept after another").isEmpty();
    RunPool.forget(job.id());
  }

  @Test
  void runs_that_have_ended_are_forgotten_by_the_tasks_of_others() {
    TrainingJob ended = job();
    TrainingJob goesOn = job();
    LocalTrainer kept = RunPool.borrow(goesOn);
    RunPool.giveBack(ended, RunPool.borrow(ended));
    RunPool.giveBack(goesOn, kept);

    RunPool.keepOnly(Set.of(goesOn.id()));

    assertThat(RunPool.runs()).isEqualTo(1);
    assertThat(RunPool.borrow(goesOn)).isSameAs(kept);
    RunPool.forget(goesOn.id());
  }

  @Test
  void what_no_task_asks_for_is_forgotten_after_a_while_and_a_run_that_goes_on_does_not_notice() {
    TrainingJob idle = job();
    TrainingJob goesOn = job();
    LocalTrainer replica = RunPool.borrow(idle);
    RunPool.giveBack(idle, replica);
    long later = System.nanoTime();
    LocalTrainer kept = RunPool.borrow(goesOn);
    RunPool.giveBack(goesOn, kept);

    RunPool.forgetUnusedSince(later);

    assertThat(RunPool.runs()).isEqualTo(1);
    assertThat(RunPool.borrow(goesOn)).isSameAs(kept);
    assertThat(RunPool.borrow(idle)).isNotSameAs(replica);
    RunPool.forget(goesOn.id());
    RunPool.forget(idle.id());
  }

  /** What was used once collided for worker w at slot s + 1,000,003 and worker w + 1 at slot s. */
  @Test
  void no_two_workers_or_slots_share_dropout_masks() {
    Set<Long> seeds = new HashSet<>();
    int count = 0;
    for (int worker = 0; worker < 64; worker++) {
      for (long slot : new long[] {0, 1, 2, 500, 1_000_002, 1_000_003, 1_000_004, 2_000_006}) {
        seeds.add(Worker.seed(7, worker, slot));
        count++;
      }
    }

    assertThat(seeds).hasSize(count);
  }
}
