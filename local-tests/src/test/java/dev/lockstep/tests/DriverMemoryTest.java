package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.fetch.PublishedData;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that runs out in the driver: on a thread that nobody waits for, and in a task. */
@Needs(PublishedData.MNIST)
@Tag("slow")
class DriverMemoryTest {
  @TempDir private static Path folder;
  private static MnistRun whole;

  @BeforeAll
  static void train() {
    System.setProperty("spark.master", "local[2]");
    whole = new MnistRun(folder.resolve("whole"));
    assertThat(CommandLine.run(whole.arguments()).exitCode()).isZero();
  }

  @Test
  void on_any_thread_it_is_a_line_and_a_status_and_the_last_checkpoint_is_gone_on_from() {
    MnistRun run = new MnistRun(folder.resolve("hungry"));

    Output hungry = beside(run.latest(), run.arguments());

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

  @Test
  void a_picture_that_the_heap_has_no_room_for_is_named() throws IOException {
    Path picture = folder.resolve("whiteboard.png");
    BufferedImage white = new BufferedImage(11_000, 9_000, BufferedImage.TYPE_BYTE_BINARY);
    Arrays.fill(((DataBufferByte) white.getRaster().getDataBuffer()).getData(), (byte) -1);
    ImageIO.write(white, "png", picture.toFile());

    Output predicted =
        beside(
            folder.resolve("never"),
            "predict",
            "--model",
            whole.modelDir().toString(),
            "--images",
            picture.toString());

    assertThat(predicted.err())
        .matches(
            "lockstep: out of memory \\(%s: Java heap space\\): .*, too large for the heap of [\\d,]+ MB: give more with --heap 2g before the command .*\n"
                .formatted(picture));
    assertThat(predicted.exitCode()).isEqualTo(7);
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
