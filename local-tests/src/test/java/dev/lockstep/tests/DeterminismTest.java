package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.JobPerRound;
import dev.lockstep.tests.Runs.Strategy;
import java.util.List;
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
