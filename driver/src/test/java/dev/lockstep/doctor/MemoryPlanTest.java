package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPlanTest {
  private static final long MB = 1 << 20;

  @Test
  void an_executor_needs_what_spark_needs_and_a_replica_for_each_slot() {
    MemoryPlan plan = new MemoryPlan(20_480 * MB, 2, 10_000_000, 1_000_000);

    assertThat(plan.arrays()).isEqualTo(2 * 4 * (60_000_000L + 8_000_000L));
    assertThat(plan.sparkDefault()).isEqualTo(2048 * MB);
    assertThat(plan.overhead() / MB).isEqualTo(2048 + 88 + 519);
    assertThat(plan.javaOptions())
        .isEqualTo(
            "-Dorg.bytedeco.javacpp.maxbytes=607m -Dorg.bytedeco.javacpp.maxphysicalbytes=23135m");
  }

  @Test
  void a_small_heap_still_has_sparks_least_overhead() {
    assertThat(new MemoryPlan(1024 * MB, 1, 0, 0).sparkDefault()).isEqualTo(384 * MB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone", "yarn", "kubernetes"})
  void the_settings_for_clusters_are_computed(String name) throws IOException {
    Properties conf = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of("..", "cluster", "conf", name + ".conf"))) {
      conf.load(in);
    }
    long heap = Long.parseLong(conf.getProperty("spark.executor.memory").replace("g", "")) << 30;
    int slots = Integer.parseInt(conf.getProperty("spark.executor.cores"));
    MemoryPlan plan = SettingsCheckup.usual(heap, slots);

    assertThat(conf.getProperty("spark.executor.memoryOverhead"))
        .isEqualTo(plan.overhead() / MB + "m");
    assertThat(conf.getProperty("spark.executor.extraJavaOptions")).isEqualTo(plan.javaOptions());
  }
}
