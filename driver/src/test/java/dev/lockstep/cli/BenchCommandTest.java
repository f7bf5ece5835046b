package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | --against pytorch | --against pytorch is not built: mvn -P bench-peers -DskipTests"
            + " package builds it, and downloads about 120 MB",
        "2 | --against dl4j,mllib | --against: dl4j and pytorch, on one core, or others, over Spark",
        "2 | --against dl4j --quick | --against dl4j or pytorch is on one core and has no --quick",
        "2 | --networks lenet | --networks lenet: over Spark softmax and mlp are timed; others on one"
            + " core, with --against dl4j or pytorch",
      })
  void what_cannot_be_timed_costs_one_line(int status, String options, String line) {
    StringWriter err = new StringWriter();

    int exit =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            ("bench " + options).split(" "));

    assertThat(err.toString().lines().findFirst()).contains("lockstep: " + line);
    assertThat(exit).isEqualTo(status);
  }
}
