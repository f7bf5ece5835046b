package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputPlaceTest {
  @TempDir private Path folder;

  @Test
  void a_place_that_is_not_there_yet_is_looked_at_where_its_path_begins() {
    OutputPlace place = place(folder.resolve("runs/one"));

    assertThat(place.folder()).isEqualTo(folder.toString());
    assertThat(place.byDriver()).isEqualTo(Finding.ok("--to", place.wanted().path()));
  }

  @Test
  void a_place_below_a_file_is_no_place() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(place(file.resolve("runs")).byDriver())
        .isEqualTo(Finding.problem("--to", file + " is a file", "name a folder"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_folder_that_takes_no_files_is_told_before_anything_is_written() {
    assertThat(place(Path.of("/proc/runs")).byDriver())
        .isEqualTo(Finding.problem("--to", "/proc cannot be written to", "name a folder that can"));
  }

  @Test
  void executors_that_see_the_drivers_mark_share_the_place_and_nothing_stays_there()
      throws IOException {
    OutputPlace place = place(folder.resolve("runs"));
    place.putMark();

    assertThat(place.byExecutor()).isEqualTo(Finding.ok("--to", place.wanted().path()));
    place.removeMark();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void executors_that_do_not_see_the_mark_have_a_place_of_their_own() {
    assertThat(place(folder).byExecutor())
        .isEqualTo(
            Finding.problem(
                "--to",
                folder + " is not the driver's folder of that name",
                "name a place that all executors see: hdfs:, s3a:, or a mount under the same path"));
  }

  private static OutputPlace place(Path path) {
    return OutputPlace.of(JobPath.written("--to", path.toString()), new Configuration())
        .orElseThrow();
  }
}
