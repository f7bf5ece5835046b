package dev.lockstep.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Main;
import dev.lockstep.data.SparkExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --strategy dl4j}: DL4J's own trainer as users meet it. */
class Dl4jStrategyTest {

  @Test
  void it_says_how_many_examples_it_left_out_and_leaves_nothing_behind(@TempDir Path folder) {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.hadoop.hadoop.tmp.dir", folder.resolve("hadoop").toString());
    try {
      Run run =
          run(
              "train",
              "linear",
              "--strategy=dl4j",
              "--workers=2",
              "--batch-size=2",
              "--averaging-period=2",
              "--epochs=3",
              "--no-plots",
              "--model-dir=" + folder.resolve("run"));

      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("DL4J's trainer, averaging period 2")
          .containsPattern("trained only \\d+ of 51 examples: such is this trainer");
      assertThat(run.err()).isEmpty();
      assertThat(folder.resolve("hadoop")).satisfies(p -> assertThat(Files.exists(p)).isFalse());
    } finally {
      System.clearProperty("spark.hadoop.hadoop.tmp.dir");
    }
  }

  @Test
  void it_has_no_blas() {
    Run run = run("train", "linear", "--strategy=dl4j", "--local-step=blas");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--strategy dl4j computes by DL4J: leave out --local-step blas");
  }

  @Test
  void what_it_would_not_heed_is_refused() {
    Run run = run("train", "linear", "--strategy=dl4j", "--warmup=1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--strategy dl4j makes steps in DL4J's own way: leave out --warmup");
  }

  private record Run(int exitCode, String out, String err) {}

  private static Run run(String... args) {
    SparkExtension.stop();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
