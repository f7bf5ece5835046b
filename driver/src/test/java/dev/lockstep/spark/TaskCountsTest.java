package dev.lockstep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.ReadCount;
import dev.lockstep.data.SparkExtension;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TaskCountsTest {
  private static final List<Integer> EXAMPLES = List.of(1, 2, 3, 4, 5, 6);
  private static final CountDownLatch TOLD = new CountDownLatch(1);

  @Test
  void what_a_task_has_read_is_told_before_it_ends(JavaSparkContext spark) {
    JavaRDD<Integer> waiting =
        ReadCount.counted(spark.parallelize(EXAMPLES, 1))
            .map(
                example -> {
                  if (example == EXAMPLES.size() && !TOLD.await(1, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("nobody was told");
                  }
                  return example;
                });

    List<Integer> read =
        TaskCounts.during(spark, ReadCount.NAME, TaskCountsTest::hear, waiting::collect);

    assertThat(read).isEqualTo(EXAMPLES);
  }

  private static void hear(long read) {
    if (read == EXAMPLES.size()) {
      TOLD.countDown();
    }
  }
}
