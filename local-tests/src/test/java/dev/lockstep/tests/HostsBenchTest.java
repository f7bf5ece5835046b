package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Prints what {@code bench allreduce} measures between hosts, for cluster/SIZING.md. */
@EnabledIfSystemProperty(
    named = "bench.hosts",
    matches = "[1-9]\\d*",
    disabledReason = "a measurement: -Dbench.hosts=N makes it between so many hosts")
@ExtendWith(Hosts.Possible.class)
class HostsBenchTest {
  @Test
  void an_allreduce_between_hosts_is_timed(@TempDir Path folder) {
    int hosts = Integer.getInteger("bench.hosts");
    try (HostsCluster cluster = new HostsCluster(folder, hosts)) {
      List<String> settings =
          List.of(
              "spark.cores.max=" + hosts,
              "spark.executor.memory=480m",
              "spark.network.crypto.enabled=" + System.getProperty("bench.crypto", "true"));
      String bench =
          "bench allreduce --floats 2,7850,100000,1000000 --rounds 400 --workers " + hosts;

      Output timed = Output.of(cluster.launch(settings, bench.split(" ")));

      assertThat(timed.exitCode()).as(timed.text()).isZero();
      System.out.println(timed.out());
    }
  }
}
