package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that runs out in the driver, on a thread that nobody waits for. */
@Needs(PublishedData.MNIST)
@Tag("slow")
class DriverMemoryTest {
  @TempDir private Path folder;

  @Test
  void it_is_a_line_and_a_status_and_the_last_checkpoint_is_gone_on_from() {
    System.setProperty("spark.master", "local[2]");
    MnistRun whole = new MnistRun(folder.resolve("whole"));
    MnistRun run = new MnistRun(folder.resolve("hungry"));
    assertThat(CommandLine.run(whole.arguments()).exitCode()).isZero();

    Output hungry = beside(run.modelDir().resolve("checkpoints/latest"), run.arguments());

    assertThat(hungry.err())
        .matches(
            "lockstep: out of memory \\(Java heap space\\): 55,000 examples of 784 values, 41 MB over"
                + " 2 workers, and a network of 7,850 parameters, too large for the heap of [\\d,]+ MB:"
                + " give more with --heap 2g before the command \\(spark-submit: --driver-memory\\),"
                + " or take less data\n");
    assertThat(hungry.exitCode()).isEqualTo(7);
    CommandLine resumed = CommandLine.run(run.arguments("--resume"));
    assertThat(resumed.err()).isEmpty();
    assertThat(run.state()).isEqualTo(whole.state());
  }

  /** A command in a process of its own, whose memory is taken once a file is there. */
  private static Output beside(Path file, String... command) {
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + Path.of("../cluster/conf/jvm.options"),
                "-Xmx640m",
                "-Dspark.master=local[2]",
                "-Dlog4j2.configurationFile=file:../cluster/conf/log4j2-quiet.properties",
                "-cp",
                System.getProperty("java.class.path"),
                Hungry.class.getName(),
                file.toString()));
    java.addAll(List.of(command));
    return Output.of(Map.of(), java);
  }
}
