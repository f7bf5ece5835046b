package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.JobPerRound;
import dev.lockstep.strategy.WorkerStage;
import dev.lockstep.tests.Runs.Strategy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to tasks, the parameters are the same to the bit. */
@Tag("each-line")
@Needs(PublishedData.MNIST)
class DeterminismTest {

  @BeforeEach
  void haveNoContext() {
    SparkExtension.stop();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void the_number_of_cores_does_not_show(Way way) {
    ModelState undisturbed = way.undisturbed();
    for (String master : List.of("local[1]", "local[3]")) {
      try (JavaSparkContext spark = Way.local(master)) {
        assertThat(way.train(spark)).as(master).isEqualTo(undisturbed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void four_workers_end_with_the_same_bits_on_one_to_four_slots_and_by_one_job_a_round(Way way) {
    Strategy inStage =
        (context, shards, job) -> new WorkerStage(context, shards, job, way.averaging());
    Strategy inDriver =
        (context, shards, job) -> new JobPerRound(context, shards, job, way.averaging());
    Map<String, ModelState> states = new TreeMap<>();
    for (int slots = 1; slots <= 4; slots++) {
      try (JavaSparkContext spark = Way.local("local[%d]".formatted(slots))) {
        states.put(slots + " slots", Way.trainFour(spark, inStage));
        if (slots == 1) {
          states.put("in the driver", Way.trainFour(spark, inDriver));
        }
      }
    }

    assertThat(states).hasSize(5);
    assertThat(states.values()).containsOnly(states.get("in the driver"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void tasks_that_fail_at_their_first_attempts_do_not_show(Way way) {
    ModelState undisturbed = way.undisturbed();
    try (JavaSparkContext spark = Way.local("local[2,4]")) {
      Strategy flaky =
          (context, shards, job) ->
              new JobPerRound(context, Troubled.failing(shards), job, way.averaging());

      assertThat(Way.train(spark, flaky)).isEqualTo(undisturbed);
    }
  }
}
