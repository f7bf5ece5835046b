package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.doctor.Finding.Level;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SettingsCheckupTest {
  private final SparkConf conf = new SparkConf(false).setMaster("spark://host:7077");

  @Test
  void ordinary_local_settings_are_fine() {
    assertThat(SettingsCheckup.findings(new SparkConf(false).setMaster("local[2]")))
        .allMatch(finding -> finding.level() == Level.OK);
  }

  @Test
  void too_little_memory_beside_the_heap_is_told_with_what_to_set() {
    conf.set("spark.executor.memory", "4g").set("spark.executor.cores", "4");

    assertThat(warnings())
        .contains(
            "4096 MB of heap and 410 MB beside it for 4 task slots → set"
                + " spark.executor.memoryOverhead=606m and in spark.executor.extraJavaOptions"
                + " -Dorg.bytedeco.javacpp.maxbytes=196m"
                + " -Dorg.bytedeco.javacpp.maxphysicalbytes=4702m, for a network of a million"
                + " parameters");
    conf.set("spark.executor.memoryOverhead", "606m");
    assertThat(warnings()).noneMatch(warning -> warning.contains("memoryOverhead"));
  }

  @Test
  void no_authentication_is_told_and_dynamic_allocation_is_as_good_as_any() {
    conf.set("spark.dynamicAllocation.enabled", "true");

    assertThat(warnings())
        .noneMatch(warning -> warning.contains("dynamic"))
        .contains(
            "none: whoever reaches the cluster's ports can run code there → set"
                + " spark.authenticate=true and spark.network.crypto.enabled=true");
  }

  private List<String> warnings() {
    return SettingsCheckup.findings(conf).stream()
        .filter(finding -> finding.level() == Level.WARNING)
        .map(finding -> finding.found() + " → " + finding.fix())
        .toList();
  }
}
