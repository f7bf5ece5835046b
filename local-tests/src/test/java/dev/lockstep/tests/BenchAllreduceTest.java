package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchAllreduceTest {
  @BeforeEach
  void useTwoCores() {
    System.setProperty("spark.master", "local[2]");
  }

  @AfterEach
  void forget() {
    System.clearProperty("spark.master");
  }

  @Test
  void each_length_is_timed_and_where_workers_ran_is_told() {
    CommandLine timed =
        CommandLine.run("bench", "allreduce", "--floats", "2,5000", "--rounds", "9");

    assertThat(timed.err()).isEmpty();
    assertThat(timed.out().lines())
        .satisfiesExactly(
            head -> assertThat(head.split(" +")).contains("floats", "workers", "executors"),
            few -> assertThat(few).matches(" +2 +2 +1 +\\d+\\.\\d{4} ms"),
            many -> assertThat(many).matches(" +5,000 +2 +1 +\\d+\\.\\d{4} ms"));
  }

  @Test
  void more_workers_than_task_slots_cannot_meet() {
    CommandLine timed = CommandLine.run("bench", "allreduce", "--workers", "3");

    assertThat(timed.exitCode()).isEqualTo(3);
    assertThat(timed.err())
        .isEqualToIgnoringNewLines(
            "lockstep: 3 workers need as many task slots at once, Spark has 2: give fewer"
                + " --workers, or more cores");
  }

  @Test
  void a_length_of_nothing_is_a_wrong_command_line() {
    CommandLine timed = CommandLine.run("bench", "allreduce", "--floats", "0");

    assertThat(timed.exitCode()).isEqualTo(2);
    assertThat(timed.err()).contains("--floats, --workers and --rounds must be at least 1");
  }
}
