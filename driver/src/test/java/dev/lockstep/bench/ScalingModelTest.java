package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.bench.ScalingModel.Cluster;
import dev.lockstep.bench.ScalingModel.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingModelTest {
  private static final Job JOB = new Job(64_000, 64, 10, 10_000);
  private static final ScalingModel MODEL = new ScalingModel(0, 1e-3, 0, 1e-4, 1e-8, 1e-9);

  @Test
  void one_worker_needs_its_steps_only() {
    assertThat(MODEL.epochSeconds(new Cluster(1, 1, 1), JOB)).isCloseTo(1000 * 1e-3, within(1e-9));
  }

  @Test
  void workers_of_one_process_share_its_cores() {
    double crowded = MODEL.epochSeconds(new Cluster(4, 4, 2), JOB);
    double roomy = MODEL.epochSeconds(new Cluster(4, 4, 4), JOB);

    assertThat(crowded / roomy).isCloseTo(2, within(1e-9));
  }

  @Test
  void a_round_of_long_vectors_costs_two_messages_for_each_other_process() {
    assertThat(MODEL.roundSeconds(new Cluster(8, 1, 1), 1_000_000))
        .isCloseTo(2 * 7 * (1e-4 + 1e-8 * 1_000_000 / 8), within(1e-12));
  }

  @Test
  void a_round_of_short_vectors_costs_two_messages_for_each_doubling_of_the_processes() {
    assertThat(MODEL.roundSeconds(new Cluster(8, 1, 1), 10_000))
        .isCloseTo(2 * 3 * 1e-4 + 1e-8 * 10_000 * (1.5 + 1), within(1e-12));
    assertThat(MODEL.roundSeconds(new Cluster(64, 1, 1), 10_000))
        .isCloseTo(2 * 6 * 1e-4 + 1e-8 * 10_000 * (3 + 1), within(1e-12));
  }

  /** Messages take turns as their processes do. Measured: see cluster/SIZING.md. */
  @ParameterizedTest
  @CsvSource({
    "8, 2, 2.9", "8, 7850, 3.2", "8, 100000, 7.2", "8, 1000000, 32",
    "16, 2, 12", "16, 7850, 10", "16, 100000, 24", "16, 1000000, 73",
    "32, 2, 51", "32, 7850, 50", "32, 100000, 81", "32, 1000000, 199",
  })
  void rounds_of_many_executors_on_two_cores_take_what_the_model_says_times_those_on_a_core(
      int executors, long values, double measuredMillis) {
    ScalingModel loopback = new ScalingModel(0, 0, 0, 2e-4, 6e-9, 0);

    double alone = loopback.roundSeconds(new Cluster(executors, 1, 1), values);

    assertThat(measuredMillis / 1e3 / (alone * executors / 2)).isBetween(0.5, 2.0);
  }

  @Test
  void the_more_workers_the_longer_the_slowest_is_waited_for() {
    ScalingModel uneven = new ScalingModel(0, 1e-3, 0.1, 0, 0, 0);
    double two = uneven.epochSeconds(new Cluster(2, 2, 2), JOB) * 2;
    double many = uneven.epochSeconds(new Cluster(100, 100, 100), JOB) * 100;

    assertThat(two).isCloseTo(1 + 0.1 * Math.sqrt(2 * Math.log(2)), within(1e-9));
    assertThat(many).isCloseTo(1 + 0.1 * Math.sqrt(2 * Math.log(100)), within(1e-9));
  }

  @Test
  void workers_who_share_a_core_wait_less_for_each_other() {
    ScalingModel uneven = new ScalingModel(0, 1e-3, 0.1, 0, 0, 0);
    double shared = uneven.epochSeconds(new Cluster(8, 8, 2), JOB) * 2;

    assertThat(shared).isCloseTo(1 + 0.1 / 2 * Math.sqrt(2 * Math.log(2)), within(1e-9));
  }

  @Test
  void a_longer_period_saves_rounds() {
    Cluster cluster = new Cluster(64, 4, 4);
    Job rare = new Job(64_000, 64, 1000, 10_000);
    double once = MODEL.roundSeconds(cluster, 10_000);

    assertThat(MODEL.epochSeconds(cluster, JOB) - MODEL.epochSeconds(cluster, rare))
        .isCloseTo(once, within(1e-9));
  }

  @Test
  void an_epoch_takes_what_was_measured_on_one_to_four_workers_of_two_cores() {
    // The constants and the epochs of the measurement in cluster/SIZING.md.
    Job softmax = new Job(55_000, 64, 10, 7_850);
    ScalingModel fitted = new ScalingModel(12.2e-3, 0.0872e-3, 0.217, 100e-6, 4e-9, 18.8e-9);
    double[] measured = {0.0895, 0.0652, 0.0833, 0.0755};
    double[] percent = {5, 5, 25, 25};
    for (int workers = 1; workers <= measured.length; workers++) {
      assertThat(fitted.epochSeconds(new Cluster(workers, workers, 2), softmax))
          .as("%d workers", workers)
          .isCloseTo(measured[workers - 1], withinPercentage(percent[workers - 1]));
    }
  }
}
