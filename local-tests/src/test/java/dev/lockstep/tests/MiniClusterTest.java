package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that runs a cluster on this machine. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class MiniClusterTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | say what to do: start, stop or status (mini-cluster --help)",
        "begin | begin: expected start, stop or status (mini-cluster --help)",
        "start stop | one of start, stop and status, not start and stop",
        "start --workers 0 | --workers 0: expected a number from 1 to 99",
        "start --cores=many | --cores many: expected a number from 1 to 99",
        "start --memory 2 | --memory 2: expected a size such as 512m or 2g",
        "start --workers | --workers needs a value"
      })
  void a_wrong_command_line_costs_one_line(String arguments, String message) {
    Output output = script(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.text()).isEqualTo("mini-cluster: " + message + "\n");
  }

  @Test
  void help_teaches_by_example() {
    Output help = script("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: mini-cluster").contains("mini-cluster start --w");
  }

  @Test
  void a_process_that_has_only_got_an_id_of_the_clusters_is_left_alone() throws IOException {
    Path runs = Files.createDirectories(folder.resolve("run"));
    Files.writeString(runs.resolve("master"), ProcessHandle.current().pid() + " 1\n");

    Output status = script("status", "--dir", folder.toString());
    Output stop = script("stop", "--dir", folder.toString());

    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(status.text()).isEqualTo("mini-cluster: not running\n");
    assertThat(stop).isEqualTo(new Output(0, "", ""));
  }

  @Test
  @Tag("cluster")
  @Timeout(300)
  void what_died_is_told_and_brought_back() {
    try (MiniCluster cluster = new MiniCluster(folder, 2, Map.of())) {
      ProcessHandle first = cluster.worker(1);
      ProcessHandle second = cluster.worker(2);
      second.destroyForcibly();
      second.onExit().join();

      assertThat(cluster.script("status").err())
          .isEqualTo(
              "mini-cluster: not running any more: worker-2 (mini-cluster start brings them"
                  + " back)\n");
      assertThat(cluster.start()).startsWith(cluster.master() + ": 2 workers with 1 task slots");
      assertThat(cluster.script("status").exitCode()).isZero();
      assertThat(cluster.worker(1)).isEqualTo(first);
      assertThat(cluster.worker(2)).isNotEqualTo(second);
      assertThat(cluster.script("start", "--workers", "3").err())
          .isEqualTo(
              "mini-cluster: is running with --workers 2 --cores 1 --memory 1g --spark "
                  + Product.SPARK
                  + ": stop it first\n");

      assertThat(cluster.script("stop").exitCode()).isZero();

      first.onExit().join();
      assertThat(cluster.script("status").exitCode()).isEqualTo(3);
    }
  }

  private static Output script(String... arguments) {
    return Output.of(
        Map.of(),
        Stream.concat(Stream.of(MiniCluster.SCRIPT.toString()), Stream.of(arguments)).toList());
  }
}
