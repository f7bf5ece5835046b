package dev.lockstep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("each-line")
class SparkVersionTest {

  @Test
  void the_spark_of_these_tests_is_the_one_that_is_built_for() {
    assertThat(SparkVersion.mismatch()).isEmpty();
    assertThat(SparkVersion.spark()).startsWith(SparkLine.NAME + ".");
  }

  @Test
  void another_line_is_told_in_one_line_with_what_to_do() {
    assertThat(SparkVersion.mismatch("2.4.8", "2.11.12"))
        .contains(
            "this jar is built for Spark %s with Scala %s, and runs on Spark 2.4.8 with Scala"
                    .formatted(SparkLine.NAME, SparkLine.SCALA)
                + " 2.11.12: take the jar that has the line of Spark in its name, or that Spark");
  }

  @Test
  void the_same_line_with_another_scala_will_not_do_either() {
    assertThat(SparkVersion.mismatch(SparkLine.PREFIX + "0", "2.11.12")).isNotEmpty();
  }
}
