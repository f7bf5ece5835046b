package dev.lockstep.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.Schema;
import dev.lockstep.spark.ClusterException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
  private static final Schema PICTURES = Schema.classification(List.of(28, 28), 10);
  private static final long MB = 1L << 20;

  private final SparkConf here = new SparkConf(false).set("spark.master", "local[2]");
  private final SparkConf cluster =
      new SparkConf(false).set("spark.master", "spark://h:1").set("spark.executor.memory", "512m");

  @BeforeEach
  @AfterEach
  void forget() {
    OutOfMemory.toldBySpark(here);
    OutOfMemory.holding("the data", 0);
    OutOfMemory.training(0);
  }

  @Test
  void data_that_cannot_be_in_the_heap_are_refused_with_what_would_do() {
    Share share = new Share(PICTURES, 3_000_000, 2);

    assertThatThrownBy(() -> new Heap(1024 * MB, true).expectRoom(share, 2))
        .isInstanceOf(MemoryError.class)
        .hasMessage(
            "3,000,000 examples of 784 values, 2,277 MB over 2 workers: too large for the heap of"
                + " 1,024 MB: give more with --heap 3g before the command (spark-submit:"
                + " --driver-memory), or take less data");
    assertThatThrownBy(() -> Heap.of(cluster).expectRoom(share, 1))
        .isInstanceOf(MemoryError.class)
        .hasMessage(
            "3,000,000 examples of 784 values, 2,277 MB over 2 workers: too large for an executor's"
                + " heap of 512 MB: give more with spark.executor.memory=2g, or more executors with"
                + " --workers above 2");
  }

  @Test
  void what_the_refusal_names_is_then_enough() {
    Share share = new Share(PICTURES, 3_000_000, 2);

    assertThatCode(() -> new Heap(3072 * MB, true).expectRoom(share, 2)).doesNotThrowAnyException();
    assertThatCode(() -> new Heap(2048 * MB, false).expectRoom(share, 1))
        .doesNotThrowAnyException();
  }

  @Test
  void a_setting_without_a_unit_is_in_megabytes_as_spark_has_it() {
    assertThat(Heap.of(cluster.clone().set("spark.executor.memory", "700")))
        .isEqualTo(new Heap(700 * MB, false));
    assertThat(Heap.of(new SparkConf(false).set("spark.master", "yarn")).bytes())
        .isEqualTo(1024 * MB);
  }

  @Test
  void memory_that_ran_out_in_this_process_names_its_heap_and_what_was_held() {
    OutOfMemory.holding("3,000 examples", 1);
    OutOfMemory.training(7850);
    Throwable failure = new IllegalStateException("x", new OutOfMemoryError("Java heap space"));

    assertThat(OutOfMemory.line(failure))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .matches(
                        "out of memory \\(Java heap space\\): 3,000 examples, and a network of 7,850"
                            + " parameters, too large for the heap"
                            + " of [\\d,]+ MB: give more with --heap \\d+g before .*"));
  }

  @Test
  void memory_that_ran_out_in_an_executor_names_its_heap_however_spark_tells() {
    OutOfMemory.toldBySpark(cluster);
    OutOfMemory.holding("3,000 examples", 1);
    String line =
        "out of memory%s: 3,000 examples, too large for an executor's heap of 512 MB: give more with"
            + " spark.executor.memory=1g, or more executors with --workers above 1";
    List<Throwable> failures = new ArrayList<>();
    failures.add(new SparkException("aborted", new OutOfMemoryError("GC overhead limit exceeded")));
    failures.add(
        new RuntimeException(
            "a job failed",
            new SparkException(
                "Lost task 0.3 in stage 1: java.lang.OutOfMemoryError: GC overhead limit exceeded\n"
                    + "\tat java.util")));

    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(OutOfMemory.line(failure))
                    .contains(line.formatted(" (GC overhead limit exceeded)")));
    assertThat(
            List.of(
                "Reason: Command exited with code 52",
                "The executor with id 3 exited with exit code 52(JVM OOM).",
                "Container from a bad node: c_1 on host: h. Exit status: 52. Diagnostics: none"))
        .allSatisfy(
            told -> {
              SparkException failure = new SparkException(told);
              assertThat(OutOfMemory.line(failure)).contains(line.formatted(""));
              assertThat(OutOfMemory.isCauseOf(new IllegalStateException(failure))).isTrue();
            });
    assertThat(OutOfMemory.line(new IllegalStateException(new RuntimeException("std::bad_alloc"))))
        .contains(line.formatted(" (std::bad_alloc)"));
  }

  @Test
  void executors_that_the_system_has_ended_are_told_with_what_they_have_beside_the_heap() {
    OutOfMemory.toldBySpark(cluster);
    OutOfMemory.holding("3,000 examples", 1);
    String line =
        "executors were killed%s, as those are that take more memory than there is: 3,000 examples,"
            + " too large for an executor's heap of 512 MB and %d MB beside it: give more with"
            + " spark.executor.memoryOverhead=%dm, or run fewer executors on a machine";

    assertThat(
            List.of(
                "Lost task 0.3: ExecutorLostFailure (…) Reason: Command exited with code 137",
                "The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM).",
                "Container from a bad node: c_1 on host: h. Exit status: 137. Diagnostics: none"))
        .allSatisfy(
            told -> {
              SparkException failure = new SparkException(told);
              assertThat(OutOfMemory.line(new IllegalStateException(failure)))
                  .contains(line.formatted(" (status 137)", 384, 768));
              assertThat(OutOfMemory.isCauseOf(failure)).as("worth no other try").isFalse();
            });
    OutOfMemory.toldBySpark(cluster.clone().set("spark.executor.memoryOverhead", "600"));
    OutOfMemory.holding("3,000 examples", 1);
    assertThat(
            OutOfMemory.line(
                new ClusterException(
                    "Container killed by YARN for exceeding physical memory limits. 1.1 GB of 1 GB")))
        .contains(line.formatted("", 600, 1200));
  }

  @Test
  void a_heap_in_which_spark_does_not_begin_is_named() {
    OutOfMemory.toldBySpark(cluster);

    assertThat(
            OutOfMemory.line(
                new IllegalArgumentException(
                    "Executor memory 104857600 must be at least 471859200. Please increase …")))
        .contains(
            "an executor's heap of 512 MB is less than the 450 MB that Spark begins with: give more"
                + " with spark.executor.memory=1g, or more executors with --workers above 1");
  }

  @Test
  void other_failures_are_not_taken_for_it() {
    assertThat(OutOfMemory.line(new SparkException("Command exited with code 1"))).isEmpty();
    assertThat(OutOfMemory.line(new IllegalStateException("status 137"))).isEmpty();
    assertThat(OutOfMemory.isCauseOf(new SparkException("Command exited with code 1"))).isFalse();
    assertThat(OutOfMemory.line(new IllegalStateException())).isEmpty();
  }
}
