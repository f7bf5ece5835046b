package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.bench.ScalingModel.Cluster;
import dev.lockstep.bench.ScalingModel.Job;
import org.junit.jupiter.api.Test;

class ScalingModelTest {
  private static final Job JOB = new Job(64_000, 64, 10, 10_000);
  private static final ScalingModel MODEL = new ScalingModel(1e-3, 0, 1e-4, 1e-8, 1e-9);

  @Test
  void one_worker_needs_its_steps_and_its_own_copies() {
    assertThat(MODEL.epochSeconds(new Cluster(1, 1, 1), JOB))
        .isCloseTo(1000 * 1e-3 + 100 * 1e-9 * 10_000, within(1e-9));
  }

  @Test
  void workers_of_one_process_share_its_cores() {
    double crowded = MODEL.epochSeconds(new Cluster(4, 4, 2), JOB);
    double roomy = MODEL.epochSeconds(new Cluster(4, 4, 4), JOB);

    assertThat(crowded / roomy).isCloseTo(2, within(1e-9));
  }

  @Test
  void a_round_between_processes_costs_two_messages_for_each_other_one() {
    assertThat(MODEL.roundSeconds(new Cluster(8, 1, 1), 10_000))
        .isCloseTo(1e-9 * 10_000 + 2 * 7 * (1e-4 + 1e-8 * 10_000 / 8), within(1e-12));
  }

  @Test
  void the_more_workers_the_longer_the_slowest_is_waited_for() {
    ScalingModel uneven = new ScalingModel(1e-3, 0.1, 0, 0, 0);
    double two = uneven.epochSeconds(new Cluster(2, 2, 2), JOB) * 2;
    double many = uneven.epochSeconds(new Cluster(100, 100, 100), JOB) * 100;

    assertThat(two).isCloseTo(1 + 0.1 * Math.sqrt(2 * Math.log(2)), within(1e-9));
    assertThat(many).isCloseTo(1 + 0.1 * Math.sqrt(2 * Math.log(100)), within(1e-9));
  }

  @Test
  void a_longer_period_saves_rounds() {
    Cluster cluster = new Cluster(64, 4, 4);
    Job rare = new Job(64_000, 64, 1000, 10_000);
    double once = MODEL.roundSeconds(cluster, 10_000);

    assertThat(MODEL.epochSeconds(cluster, JOB) - MODEL.epochSeconds(cluster, rare))
        .isCloseTo(once, within(1e-9));
  }
}
